package dev.almanac.training.search;

import dev.almanac.transforms.json.Json;
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
  static final int FORMAT_VERSION = 1;
  static final String STUDY = "study.json";
  static final String TRIALS = "trials.jsonl";

  private final String folder;
  private String lines;

  private StudyStore(String folder, String lines) {
    this.folder = folder;
    this.lines = lines;
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
    StudyFile found = Json.read(Storage.readText(path), StudyFile.class, path);
    if (found.formatVersion() != FORMAT_VERSION) {
      throw new SearchException(
          "Cannot go on with study %s: this Almanac reads format-version %d (%d found)"
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

  /** The trials by number, each as its last line has it. */
  List<Trial> trials() throws IOException {
    Map<Integer, Trial> trials = new TreeMap<>();
    for (String line : lines.lines().toList()) {
      Trial trial = Json.read(line, Trial.class, Storage.resolve(folder, TRIALS));
      trials.put(trial.number(), trial);
    }
    return List.copyOf(trials.values());
  }

  /**
   * Adds a line.
   *
   * @throws SearchException when somebody else added one since this store last wrote
   */
  void add(Trial trial) throws IOException {
    String path = Storage.resolve(folder, TRIALS);
    String found = Storage.exists(path) ? Storage.readText(path) : "";
    if (!found.equals(lines)) {
      throw new SearchException(
          "Cannot go on with study %s: another process is writing to its %s; let one of the two go on"
              .formatted(folder, TRIALS));
    }
    String longer = lines + Json.line(trial) + "\n";
    Storage.writeText(path, longer);
    lines = longer;
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
