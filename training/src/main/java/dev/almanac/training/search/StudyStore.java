package dev.almanac.training.search;

import dev.almanac.training.search.space.SearchException;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.json.JsonLines;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files of a study: {@code study.json} is its question, {@code trials.jsonl} a line for each
 * trial that started and another when it ended; the last line of a number holds.
 *
 * <p>Lines are only ever added, but since object stores cannot append, each change writes the file
 * whole and puts it in place of the old one: a reader never sees half a line. A trial takes seconds
 * and its lines some hundred bytes, so this costs nothing that shows. Not thread-safe.
 */
final class StudyStore {
  static final int FORMAT_VERSION = 2;
  static final String STUDY = "study.json";
  static final String TRIALS = "trials.jsonl";

  private final String folder;

  /** The file as this store last saw or wrote it. */
  private String found;

  private final String first;
  private final JsonLines<Trial> read;

  private StudyStore(String folder, String found) {
    this.folder = folder;
    this.found = found;
    this.first = found;
    this.read = JsonLines.of(found, Trial.class, Storage.resolve(folder, TRIALS));
  }

  private record StudyFile(int formatVersion, String hash, StudyConfig study) {}

  /**
   * Opens the study of a folder, or starts one there.
   *
   * @throws SearchException when another question was asked there
   */
  static StudyStore open(String folder, StudyConfig study) throws IOException {
    String path = Storage.resolve(folder, STUDY);
    if (!Storage.exists(path)) {
      Storage.writeText(path, Json.pretty(new StudyFile(FORMAT_VERSION, study.hash(), study)));
      return new StudyStore(folder, "");
    }
    StudyFile found;
    try {
      found = Json.read(Storage.readText(path), StudyFile.class, path);
      if (found.study() == null || found.hash() == null) {
        throw new ForeseenException("Cannot read %s: it is not whole".formatted(path));
      }
    } catch (IOException e) {
      throw damaged(folder, e);
    }
    if (found.formatVersion() != FORMAT_VERSION) {
      throw new SearchException(
          "Cannot go on with study %s: this Almanac reads format-version %s (%s found)"
              .formatted(folder, FORMAT_VERSION, found.formatVersion()));
    }
    if (!found.hash().equals(study.hash())) {
      throw new SearchException(
          "Cannot go on with study %s: its trials answer another question (changed since: %s); change it back, or give the study another name"
              .formatted(folder, String.join(", ", differences(found.study(), study))));
    }
    String trials = Storage.resolve(folder, TRIALS);
    return new StudyStore(folder, Storage.exists(trials) ? Storage.readText(trials) : "");
  }

  private static SearchException damaged(String folder, IOException why) {
    return new SearchException(
        "Cannot go on with study %s: its %s, which says what it asks, is damaged (%s); put a copy of the file back, or give the study another name"
            .formatted(folder, STUDY, why.getMessage()));
  }

  /** The trials that the file had when it was opened, by number, each as its last line has it. */
  List<Trial> trials() {
    Map<Integer, Trial> trials = new TreeMap<>();
    read.values().forEach(trial -> trials.put(trial.number(), trial));
    return List.copyOf(trials.values());
  }

  /** A sentence for each line that cannot be read. */
  List<String> damage() {
    return read.damage();
  }

  /**
   * Adds a line.
   *
   * @throws SearchException when somebody else added one since this store last wrote
   */
  void add(Trial trial) throws IOException {
    String path = Storage.resolve(folder, TRIALS);
    String now = Storage.exists(path) ? Storage.readText(path) : "";
    if (!now.equals(found)) {
      throw new SearchException(
          "Cannot go on with study %s: another process is writing to its %s; let one of the two go on"
              .formatted(folder, TRIALS));
    }
    // A line that was torn off goes; one in the middle stays for whoever can mend it.
    String sound = now.equals(first) ? read.sound() : now;
    String ended = sound.isEmpty() || sound.endsWith("\n") ? sound : sound + "\n";
    String longer = ended + Json.line(trial) + "\n";
    Storage.writeText(path, longer);
    found = longer;
  }

  private static List<String> differences(StudyConfig found, StudyConfig asked) {
    List<String> differences = new ArrayList<>();
    compare(differences, "name", found.name(), asked.name());
    compare(differences, "sampler", found.sampler(), asked.sampler());
    compare(differences, "seed", found.seed(), asked.seed());
    compare(differences, "metric", found.metric(), asked.metric());
    compare(differences, "goal", found.goal().text(), asked.goal().text());
    if (!Json.line(found.space()).equals(Json.line(asked.space()))) {
      differences.add("space");
    }
    if (!found.base().equals(asked.base())) {
      differences.add("the rest of the config");
    }
    return differences;
  }

  private static void compare(List<String> differences, String key, Object found, Object asked) {
    if (!found.equals(asked)) {
      differences.add("%s was %s and is %s".formatted(key, found, asked));
    }
  }
}
