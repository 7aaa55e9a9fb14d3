package dev.almanac.training.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.space.SearchException;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.space.SearchSpaceReader;
import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Resource;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.json.JsonLines;
import dev.almanac.transforms.problem.Problems;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A study as its files have it, for whoever looks at it: takes no lease, changes nothing, and may
 * be read while the study goes.
 *
 * @param file what {@code study.json} holds
 * @param trials by number, each as its last line has it
 * @param damage a sentence for each line that cannot be read
 */
public record StudyRecord(
    String folder, JsonNode file, Goal goal, List<Trial> trials, List<String> damage) {
  /** Below a study's folder: the study in which its best were trained again. */
  public static final String CONFIRM = "confirm";

  public StudyRecord {
    trials = List.copyOf(trials);
    damage = List.copyOf(damage);
  }

  /** Whether a study lies in this folder. */
  public static boolean isThere(String folder) throws IOException {
    return Storage.exists(Storage.resolve(folder, StudyStore.STUDY));
  }

  /** The folders of the studies that lie in a folder, by name. */
  public static List<String> folders(String studies) throws IOException {
    return Storage.match(studies, "*/" + StudyStore.STUDY).stream()
        .map(StoredFile::path)
        .map(path -> path.substring(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'))))
        .sorted()
        .toList();
  }

  /**
   * Reads a study.
   *
   * @throws SearchException when there is none, or its question is damaged
   */
  public static StudyRecord read(String folder) throws IOException {
    String path = Storage.resolve(folder, StudyStore.STUDY);
    if (!isThere(folder)) {
      throw new SearchException(
          "Cannot show study %s: it has no %s".formatted(folder, StudyStore.STUDY));
    }
    JsonNode file;
    Goal goal;
    try {
      file = Json.tree(Storage.readText(path), path);
      if (!file.path("study").path("metric").isTextual()) {
        throw new IllegalArgumentException("it is not whole");
      }
      goal = Goal.of(file.path("study").path("goal").asText());
    } catch (IOException | IllegalArgumentException e) {
      throw new SearchException(
          "Cannot show study %s: its %s, which says what it asks, is damaged (%s)"
              .formatted(folder, StudyStore.STUDY, e.getMessage()));
    }
    JsonNode version = file.path("format-version");
    if (version.asInt() != StudyStore.FORMAT_VERSION) {
      throw new SearchException(
          "Cannot show study %s: this Almanac reads format-version %s (%s found)"
              .formatted(folder, StudyStore.FORMAT_VERSION, version));
    }
    String journal = Storage.resolve(folder, StudyStore.TRIALS);
    JsonLines<Trial> lines =
        JsonLines.of(
            Storage.exists(journal) ? Storage.readText(journal) : "", Trial.class, journal);
    Map<Integer, Trial> trials = new TreeMap<>();
    lines.values().forEach(trial -> trials.put(trial.number(), trial));
    return new StudyRecord(folder, file, goal, List.copyOf(trials.values()), lines.damage());
  }

  public String name() {
    return question("name").asText(Storage.name(folder));
  }

  public String metric() {
    return question("metric").asText();
  }

  /** A part of the question, such as {@code sampler}; a missing node when it has none. */
  public JsonNode question(String key) {
    return file.path("study").path(key);
  }

  /**
   * The whole question.
   *
   * @throws IOException when it was asked by another Almanac, whose keys this one does not know
   */
  public StudyConfig question() throws IOException {
    return Json.read(
        Json.line(file.path("study")),
        StudyConfig.class,
        Storage.resolve(folder, StudyStore.STUDY));
  }

  /**
   * The study below it in which its best were trained again with fresh seeds, once there is one.
   */
  public Optional<StudyRecord> confirm() throws IOException {
    String below = Storage.resolve(folder, CONFIRM);
    return isThere(below) ? Optional.of(read(below)) : Optional.empty();
  }

  /** What the study searches; nothing when this Almanac cannot read it. */
  public Optional<SearchSpace> space() {
    Problems problems = new Problems();
    return Optional.ofNullable(SearchSpaceReader.read(question("space"), problems));
  }

  /** The finished trials, the best first; of equals, the first of them. */
  public List<Trial> ranked() {
    return trials.stream()
        .filter(trial -> trial.state() == Trial.State.FINISHED)
        .sorted(Comparator.comparing(Trial::value, goal.bestFirst()))
        .toList();
  }

  public Optional<Trial> best() {
    return ranked().stream().findFirst();
  }

  /** How many trials there are in this state. */
  public long count(Trial.State state) {
    return trials.stream().filter(trial -> trial.state() == state).count();
  }

  /** What the training of its trials is counted in. */
  public Resource resource() {
    return perEpoch().isInt() ? Resource.ROW_GROUPS : Resource.EPOCHS;
  }

  private JsonNode perEpoch() {
    return question("course").path("epochs").path("row-groups");
  }

  /** What its trials have trained together, in its resource, as far as they reported. */
  public long reached() {
    return trials.stream().mapToLong(Trial::reached).sum();
  }

  /** Whole epochs that its trials have trained together, as far as they reported. */
  public long epochs() {
    return reached() / Math.max(1, perEpoch().asInt(1));
  }

  /** Seconds of all its trials, one after another. */
  public double seconds() {
    return trials.stream()
        .filter(trial -> trial.seconds() != null)
        .mapToDouble(Trial::seconds)
        .sum();
  }

  /** What ended it last; null while it goes, or when it was stopped. */
  public String ended() {
    return file.path("ended").isTextual() ? file.path("ended").textValue() : null;
  }

  /** How it was asked for last: when, how many at once, the budget; a missing node when unknown. */
  public JsonNode asked() {
    JsonNode asked = file.path("asked");
    return asked.path(asked.size() - 1);
  }

  /** When it was first begun, as an ISO-8601 instant; null when it is not known. */
  public String since() {
    return file.path("asked").path(0).path("since").asText(null);
  }
}
