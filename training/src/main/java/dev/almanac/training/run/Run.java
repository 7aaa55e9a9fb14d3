package dev.almanac.training.run;

import dev.almanac.training.model.TrainedModel;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.json.JsonLines;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.List;

/**
 * A run on disk: {@code run.json}, {@code metrics.jsonl}, {@code log.txt}, {@code model/}, a copy
 * of its dataset's {@code transform/}, while it trains {@code checkpoint/} and, once evaluated,
 * {@code predictions/}. All that predicting needs is inside.
 */
public record Run(String folder, RunRecord record) {
  public static final String EPOCHS = "metrics.jsonl";
  public static final String LOG = "log.txt";
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
    String text = Storage.readText(path);
    int version = Json.tree(text, path).path("format-version").asInt();
    if (version != RunRecord.FORMAT_VERSION) {
      throw new ForeseenException(
          "Cannot open run %s: this Almanac reads format-version %d (%d found)"
              .formatted(folder, RunRecord.FORMAT_VERSION, version));
    }
    RunRecord record = Json.read(text, RunRecord.class, path);
    List<String> missing = record.missing();
    if (!missing.isEmpty()) {
      throw new ForeseenException(
          "Cannot open run %s: its %s is damaged, it has no %s"
              .formatted(folder, RunRecord.FILE, String.join(", ", missing)));
    }
    return new Run(folder, record);
  }

  /** The run as it stands: lost when it was being trained and its process is gone. */
  public Run settled() throws IOException {
    return RunStore.settled(this);
  }

  /** This run with another record, which is on disk when this returns. */
  Run write(RunRecord changed) throws IOException {
    Storage.writeText(path(RunRecord.FILE), Json.pretty(changed));
    return new Run(folder, changed);
  }

  /** The path of something in the run's folder. */
  public String path(String... names) {
    return Storage.resolve(folder, names);
  }

  /**
   * The weights that the run kept.
   *
   * @throws IOException when it did not finish
   */
  public TrainedModel model() throws IOException {
    if (record.status() != RunStatus.FINISHED) {
      throw new ForeseenException(
          "Cannot use run %s: it has no model (%s%s); train again"
              .formatted(
                  folder,
                  record.status().text(),
                  record.reason() == null ? "" : ": " + record.reason()));
    }
    return TrainedModel.open(path(MODEL));
  }

  /** What the model predicts and how its outputs are read. */
  public Objective objective() {
    TrainConfig train = record.train();
    return Objective.of(train.task(), train.loss(), record.columns().label(), null);
  }

  /**
   * How each epoch went, in order; those so far while it runs. Lines that cannot be read are left
   * out: {@link #epochLines} says which.
   */
  public List<EpochRecord> epochs() throws IOException {
    return epochLines().values();
  }

  /** The same, and what of it cannot be read. */
  public JsonLines<EpochRecord> epochLines() throws IOException {
    String path = path(EPOCHS);
    return JsonLines.of(
        Storage.exists(path) ? Storage.readText(path) : "", EpochRecord.class, path);
  }
}
