package dev.almanac.pipelines.work.runs;

import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The runs of a folder that stand for configs, of whatever config. */
final class Standing {
  private final Map<String, String> marks = new HashMap<>();
  private final Map<String, String> uses = new HashMap<>();

  private Standing() {}

  /**
   * Reads what {@link RunChoices} keeps.
   *
   * @param note is told what cannot be read
   */
  static Standing of(String folder, Consumer<String> note) throws IOException {
    Standing standing = new Standing();
    List<StoredFile> files = new ArrayList<>(Storage.match(folder, "reported-*.json"));
    files.addAll(Storage.match(folder, "pinned-*.json"));
    for (StoredFile file : files) {
      try {
        RunChoice choice = Json.read(Storage.readText(file.path()), RunChoice.class, file.path());
        if (choice.run() != null) {
          standing.add(choice, file.name().startsWith("pinned-"));
        }
      } catch (IOException damaged) {
        note.accept(damaged.getMessage());
      }
    }
    return standing;
  }

  private void add(RunChoice choice, boolean pinned) {
    String name = Storage.name(choice.run());
    marks.put(name, pinned ? "pinned" : marks.getOrDefault(name, "last"));
    if (pinned) {
      uses.put(name, "is pinned for '%s'".formatted(choice.config()));
    } else if (choice.study() != null) {
      uses.putIfAbsent(name, "is the winner of study %s".formatted(choice.study()));
    }
  }

  /** {@code pinned} or {@code last}; null for a run that stands for nothing. */
  String of(String name) {
    return marks.get(name);
  }

  /** What a run is needed for, such as {@code is pinned for 'x'}; null for nothing. */
  String use(String name) {
    return uses.get(name);
  }
}
