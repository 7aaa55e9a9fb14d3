package dev.almanac.training.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.space.SearchException;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.json.JsonLines;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The files of a study: {@code study.json} is its question, how often it was asked and what ended
 * it; {@code trials.jsonl} has a line for each change of a trial, in the order in which it was
 * decided; the last line of a number holds.
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
  private StudyFile study;

  /** What this process's question changes; taken into the file when the study goes on. */
  private final StudyConfig asked;

  /** The file as this store last saw or wrote it. */
  private String found;

  private final String first;
  private final JsonLines<Trial> read;

  private StudyStore(String folder, StudyFile study, StudyConfig asked, String found) {
    this.folder = folder;
    this.study = study;
    this.asked = asked;
    this.found = found;
    this.first = found;
    this.read = JsonLines.of(found, Trial.class, Storage.resolve(folder, TRIALS));
  }

  record StudyFile(
      int formatVersion, String hash, StudyConfig study, List<Asked> asked, Budget.End ended) {
    StudyFile {
      asked = asked == null ? List.of() : List.copyOf(asked);
    }

    static StudyFile of(StudyConfig study, List<Asked> asked, Budget.End ended) {
      return new StudyFile(FORMAT_VERSION, study.hash(), study, asked, ended);
    }
  }

  /**
   * Opens the study of a folder, or starts one there.
   *
   * @param accepted whether trials to come may be chosen by another sampler, pruner, order or in
   *     another space than those before
   * @throws SearchException when another question was asked there
   */
  static StudyStore open(String folder, StudyConfig asked, boolean accepted) throws IOException {
    String path = Storage.resolve(folder, STUDY);
    if (!Storage.exists(path)) {
      return new StudyStore(folder, begin(folder, asked), asked, "");
    }
    StudyFile found;
    try {
      String text = Storage.readText(path);
      checkVersion(folder, text, path);
      found = Json.read(text, StudyFile.class, path);
      if (found.study() == null || found.hash() == null || found.study().course() == null) {
        throw new ForeseenException("Cannot read %s: it is not whole".formatted(path));
      }
    } catch (SearchException e) {
      throw e;
    } catch (IOException e) {
      throw damaged(folder, e);
    }
    check(folder, Changes.of(found.study(), asked), accepted);
    return new StudyStore(folder, found, asked, text(folder));
  }

  /** Writes a study's question. */
  static StudyFile begin(String folder, StudyConfig asked) throws IOException {
    StudyFile begun = StudyFile.of(asked, List.of(), null);
    Storage.writeText(Storage.resolve(folder, STUDY), Json.pretty(begun));
    return begun;
  }

  /** A line a trial. */
  static String text(List<Trial> trials) {
    return trials.stream().map(trial -> Json.line(trial) + "\n").collect(Collectors.joining());
  }

  private static String text(String folder) throws IOException {
    String trials = Storage.resolve(folder, TRIALS);
    return Storage.exists(trials) ? Storage.readText(trials) : "";
  }

  private static void checkVersion(String folder, String text, String path) throws IOException {
    JsonNode version = Json.tree(text, path).path("format-version");
    if (version.isInt() && version.intValue() != FORMAT_VERSION) {
      throw new SearchException(
          "Cannot go on with study %s: this Almanac reads format-version %s (%s found)"
              .formatted(folder, FORMAT_VERSION, version));
    }
  }

  private static void check(String folder, Changes changes, boolean accepted) {
    if (!changes.incomparable().isEmpty()) {
      throw new SearchException(
          "Cannot go on with study %s: its trials answer another question (changed since: %s); change it back, or give the study another name"
              .formatted(folder, String.join(", ", changes.all())));
    }
    if (!changes.asking().isEmpty() && !accepted) {
      throw new SearchException(
          "Cannot go on with study %s: its next trials would be chosen otherwise than those before (changed since: %s); change it back, give the study another name, or go on all the same by --accept-changes"
              .formatted(folder, String.join(", ", changes.all())));
    }
  }

  private static SearchException damaged(String folder, IOException why) {
    return new SearchException(
        "Cannot go on with study %s: its %s, which says what it asks, is damaged (%s); put a copy of the file back, or give the study another name"
            .formatted(folder, STUDY, why.getMessage()));
  }

  /** Keeps that the study is gone on with, by what question and how far, unless nothing is new. */
  void goesOn(Effort effort) throws IOException {
    Changes changes = Changes.of(study.study(), asked);
    List<Asked> all = new ArrayList<>(study.asked());
    Asked last = all.isEmpty() ? null : all.get(all.size() - 1);
    if (last != null
        && changes.isNone()
        && last.parallel() == effort.parallel()
        && last.budget().equals(effort.budget())) {
      ended(null);
      return;
    }
    all.add(
        new Asked(
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            trials().size(),
            effort.parallel(),
            effort.budget(),
            changes.all(),
            changes.isNone() ? null : study.study()));
    write(StudyFile.of(asked, all, null));
  }

  /** What ended the study of a folder; null when nothing has, or it is being gone on with. */
  static Budget.End endOf(String folder) throws IOException {
    String path = Storage.resolve(folder, STUDY);
    return Json.read(Storage.readText(path), StudyFile.class, path).ended();
  }

  /**
   * Checks that a study that somebody leads asks the same.
   *
   * @throws SearchException when it asks something else
   */
  static void checkSame(String folder, StudyConfig asked) throws IOException {
    String path = Storage.resolve(folder, STUDY);
    StudyFile led = Json.read(Storage.readText(path), StudyFile.class, path);
    Changes changes = Changes.of(led.study(), asked);
    if (!changes.isNone()) {
      throw new SearchException(
          "Cannot join study %s: it asks another question (otherwise here: %s)"
              .formatted(folder, String.join(", ", changes.all())));
    }
  }

  /** Keeps what ended the study; null while it can be gone on with as it was asked. */
  void ended(Budget.End by) throws IOException {
    write(StudyFile.of(study.study(), study.asked(), by));
  }

  private void write(StudyFile changed) throws IOException {
    if (!changed.equals(study)) {
      Storage.writeText(Storage.resolve(folder, STUDY), Json.pretty(changed));
      study = changed;
    }
  }

  /** Every line that can be read, in order. */
  List<Trial> lines() {
    return read.values();
  }

  /** The trials that the file had when it was opened, by number, each as its last line has it. */
  private List<Trial> trials() {
    Map<Integer, Trial> trials = new TreeMap<>();
    read.values().forEach(trial -> trials.put(trial.number(), trial));
    return List.copyOf(trials.values());
  }

  /** A sentence for each line that cannot be read. */
  List<String> damage() {
    return read.damage();
  }

  /**
   * Adds lines.
   *
   * @throws SearchException when somebody else added one since this store last wrote
   */
  void add(List<Trial> lines) throws IOException {
    String path = Storage.resolve(folder, TRIALS);
    if (!text(folder).equals(found)) {
      throw new SearchException(
          "Cannot go on with study %s: another process is writing to its %s; let one of the two go on"
              .formatted(folder, TRIALS));
    }
    // A line that was torn off goes; one in the middle stays for whoever can mend it.
    StringBuilder longer = new StringBuilder(found.equals(first) ? read.sound() : found);
    if (longer.length() > 0 && longer.charAt(longer.length() - 1) != '\n') {
      longer.append('\n');
    }
    longer.append(text(lines));
    Storage.writeText(path, longer.toString());
    found = longer.toString();
  }
}
