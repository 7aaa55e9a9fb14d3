package dev.almanac.training.run;

import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.lease.Lease;
import dev.almanac.training.lease.LeaseException;
import dev.almanac.training.model.Ensemble;
import dev.almanac.training.model.TrainedModel;
import dev.almanac.training.objective.Objective;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.json.JsonLines;
import dev.almanac.transforms.json.SealedJson;
import dev.almanac.transforms.manifest.FileCheck;
import dev.almanac.transforms.manifest.FileHash;
import dev.almanac.transforms.manifest.SideFile;
import dev.almanac.transforms.problem.DamagedFileException;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.problem.OtherVersionException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A run on disk: {@code run.json}, {@code metrics.jsonl}, {@code log.txt}, {@code model/}, a copy
 * of its dataset's {@code transform/}, while it trains {@code checkpoint/} and, once evaluated,
 * {@code predictions/}. All that predicting needs is inside.
 */
public record Run(String folder, RunRecord record) {
  public static final String EPOCHS = "metrics.jsonl";
  public static final String RUNGS = "rungs.jsonl";
  public static final String LOG = "log.txt";
  public static final String SYSTEM = "system.jsonl";
  public static final String MODEL = "model";
  public static final String CHECKPOINT = "checkpoint";
  public static final String TRANSFORM = "transform";
  public static final String PREDICTIONS = "predictions";

  /**
   * Opens a run's folder.
   *
   * @throws IOException when it holds no run, or another version's
   */
  public static Run open(String folder) throws IOException {
    String path = Storage.resolve(folder, RunRecord.FILE);
    if (!Storage.exists(path)) {
      throw new ForeseenException(
          "Cannot open run %s: it has no %s; name a folder that `train` made"
              .formatted(folder, RunRecord.FILE));
    }
    SealedJson sealed = SealedJson.of(Storage.read(path));
    if (sealed.problem() != null) {
      throw new DamagedFileException(
          "Cannot open run %s: %s is not as it was written: %s; take another run by --run, or train again"
              .formatted(folder, path, sealed.problem(RunRecord.FORMAT_VERSION)));
    }
    if (sealed.formatVersion() != RunRecord.FORMAT_VERSION) {
      throw new OtherVersionException(
          "Cannot open run %s: this Almanac reads format-version %s (%s found)"
              .formatted(folder, RunRecord.FORMAT_VERSION, sealed.formatVersion()));
    }
    String text = Json.line(sealed.content());
    RunRecord record = Json.read(text, RunRecord.class, path);
    List<String> missing = record.missing();
    if (!missing.isEmpty()) {
      throw new ForeseenException(
          "Cannot open run %s: its %s is damaged, it has no %s"
              .formatted(folder, RunRecord.FILE, String.join(", ", missing)));
    }
    return new Run(folder, record);
  }

  /**
   * The run as it stands: lost when it was being trained and its process is gone, which is written
   * unless the folder cannot be written to.
   */
  public Run settled() throws IOException {
    return record.status() == RunStatus.RUNNING && Lease.holder(folder).isEmpty()
        ? lost("its process ended without a word", null)
        : this;
  }

  /** The run as it stands after a process ended that trained it, as whoever waited for it saw. */
  public Run settled(ExitStatus exit) throws IOException {
    return record.status() == RunStatus.RUNNING
        ? lost("its process ended with " + exit, exit.status())
        : this;
  }

  private Run lost(String how, Integer exit) throws IOException {
    String why = how;
    try (Lease lease = Lease.take(folder, "look after run " + record.runId())) {
      Run now = open(folder);
      if (now.record.status() != RunStatus.RUNNING) {
        return now;
      }
      why = lease.before().isEmpty() ? why : "%s (%s)".formatted(why, lease.before().get(0));
      return now.write(now.record.lost(why, exit));
    } catch (LeaseException alive) {
      return this;
    } catch (IOException unwritable) {
      return new Run(folder, record.lost(why, exit));
    }
  }

  /** This run with another record, which is on disk when this returns. */
  public Run write(RunRecord changed) throws IOException {
    Storage.writeText(path(RunRecord.FILE), SealedJson.text(changed));
    return new Run(folder, changed);
  }

  /** The path of something in the run's folder. */
  public String path(String... names) {
    return Storage.resolve(folder, names);
  }

  /**
   * The weights that the run trained.
   *
   * @throws IOException when it did not finish, or averages the models of others
   */
  public TrainedModel model() throws IOException {
    if (record.isEnsemble()) {
      throw new ForeseenException(
          "Cannot take the weights of run %s: it averages the models of runs %s; name one of those"
              .formatted(record.runId(), String.join(", ", record.recipe().members())));
    }
    return ensemble().members().get(0);
  }

  /**
   * What the run predicts with.
   *
   * @throws IOException when it did not finish
   */
  public Ensemble ensemble() throws IOException {
    if (!record.status().hasModel()) {
      throw new ForeseenException(
          "Cannot use run %s: it has no model (%s%s); train again"
              .formatted(
                  folder,
                  record.status().text(),
                  record.reason() == null ? "" : ": " + record.reason()));
    }
    // The hash of weights stands in the description of their model.
    List<String> descriptions =
        files(MODEL).stream().filter(file -> file.endsWith(".json")).toList();
    require(descriptions, MODEL + "/" + TrainedModel.FILE);
    return Ensemble.open(path(MODEL));
  }

  /**
   * The transform that the run's rows were encoded with.
   *
   * @throws IOException when it is missing or not what was written
   */
  public FittedTransform transform() throws IOException {
    require(TRANSFORM);
    return FittedTransform.read(path(TRANSFORM));
  }

  /** The same, one for all who ask in this process. */
  public FittedTransform sharedTransform() throws IOException {
    require(TRANSFORM);
    return FittedTransform.shared(path(TRANSFORM));
  }

  /** The paths of the files that the run keeps in a folder, or of the one of this name. */
  public List<String> files(String path) {
    return record.files().keySet().stream()
        .filter(file -> file.equals(path) || file.startsWith(path + "/"))
        .toList();
  }

  /**
   * Compares a file of the run, or those in a folder, with what was written.
   *
   * @throws IOException naming those that are missing or differ
   */
  public void require(String path) throws IOException {
    require(files(path), path);
  }

  private void require(List<String> files, String path) throws IOException {
    if (files.isEmpty()) {
      throw new ForeseenException(
          "Cannot use run %s: its %s names no %s".formatted(folder, RunRecord.FILE, path));
    }
    check().require("Cannot use run " + folder, kept(files), "take another run, or train again");
  }

  /** Copies the transform that the record names, after which the dataset may go. */
  public void copyTransform(String dataset) throws IOException {
    for (String file : files(TRANSFORM)) {
      String from = Storage.resolve(dataset, file);
      Storage.write(
          path(file),
          out -> {
            try (InputStream in = Storage.open(from)) {
              in.transferTo(out);
            }
          });
    }
    if (!files(TRANSFORM).isEmpty()) {
      require(TRANSFORM);
    }
  }

  /** A sentence for each file that the run keeps and that is missing or differs. */
  public List<String> differences() throws IOException {
    List<String> differences = new ArrayList<>();
    for (SideFile file : kept(List.copyOf(record.files().keySet()))) {
      String difference = check().difference(file);
      if (difference != null) {
        differences.add("%s: %s".formatted(file.path(), difference));
      }
    }
    return differences;
  }

  private FileCheck check() {
    return new FileCheck(folder, RunRecord.FILE, read -> {});
  }

  private List<SideFile> kept(List<String> paths) {
    List<SideFile> kept = new ArrayList<>();
    for (String path : paths) {
      FileHash hash = record.files().get(path);
      kept.add(new SideFile(path, hash.bytes(), hash.sha256()));
    }
    return kept;
  }

  /** What the files in a folder of the run are now, or the one of this name where it is there. */
  public Map<String, FileHash> hashed(String path) throws IOException {
    Map<String, FileHash> hashes = new TreeMap<>();
    if (Storage.exists(path(path))) {
      hashes.put(path, FileHash.of(path(path)));
      return hashes;
    }
    for (String below : Storage.pathsBelow(path(path))) {
      hashes.put(path + "/" + below, FileHash.of(path(path, below)));
    }
    return hashes;
  }

  /** What the model predicts and how its outputs are read. */
  public Objective objective() {
    TrainConfig train = record.train();
    return Objective.of(train.task(), train.loss(), record.columns().label(), null);
  }

  /**
   * How each epoch went, in order; those so far while it runs.
   *
   * @throws IOException when the file is not what was written when training ended
   */
  public List<EpochRecord> epochs() throws IOException {
    if (!files(EPOCHS).isEmpty()) {
      require(EPOCHS);
    }
    return read().values();
  }

  /**
   * How good it was within epochs, where a search looked at it, in order; usually nowhere.
   *
   * @throws IOException when the file is not what was written when training ended or paused
   */
  public List<RungRecord> rungs() throws IOException {
    if (!files(RUNGS).isEmpty()) {
      require(RUNGS);
    }
    return rungLines().values();
  }

  JsonLines<RungRecord> rungLines() throws IOException {
    return lines(RUNGS, RungRecord.class);
  }

  /** Whether it has trained until there, and was measured there. */
  public boolean hasReached(Until until) throws IOException {
    int ended = epochs().size();
    return ended > until.epochs()
        || ended == until.epochs() && until.rowGroups() == 0
        || rungs().stream()
            .anyMatch(
                rung ->
                    rung.epoch() == until.epochs() + 1 && rung.rowGroups() >= until.rowGroups());
  }

  /**
   * The same, and what of it cannot be believed: lines that cannot be read are left out, and a file
   * that is not what was written is said to be so.
   */
  public JsonLines<EpochRecord> epochLines() throws IOException {
    JsonLines<EpochRecord> lines = read();
    List<String> damage = new ArrayList<>(lines.damage());
    for (SideFile file : kept(files(EPOCHS))) {
      String difference = check().difference(file);
      if (difference != null) {
        damage.add("%s is damaged: %s".formatted(path(EPOCHS), difference));
      }
    }
    return new JsonLines<>(lines.values(), damage, lines.sound());
  }

  /** What the machine did while the run trained, and what of it cannot be read. */
  public JsonLines<SystemRecord> system() throws IOException {
    return lines(SYSTEM, SystemRecord.class);
  }

  private JsonLines<EpochRecord> read() throws IOException {
    return lines(EPOCHS, EpochRecord.class);
  }

  private <T> JsonLines<T> lines(String file, Class<T> type) throws IOException {
    String path = path(file);
    // Whatever its bytes are: what is no text is no line.
    String text =
        Storage.exists(path) ? new String(Storage.read(path), StandardCharsets.UTF_8) : "";
    return JsonLines.of(text, type, path);
  }
}
