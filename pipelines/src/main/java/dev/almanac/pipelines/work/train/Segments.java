package dev.almanac.pipelines.work.train;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.surroundings.Checkouts;
import dev.almanac.training.feed.RowsInMemory;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunContext;
import dev.almanac.training.run.RunContext.DatasetCheck;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.run.RunSeries;
import dev.almanac.training.run.Until;
import dev.almanac.training.train.Stretch;
import dev.almanac.training.train.Training;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;

/** Trains segments of trials' runs, one after another, in one process. Not thread-safe. */
public final class Segments {
  private final Watch watch;
  private final RowsInMemory rows;

  /** Trials of one search are of one state of the code. */
  private final Checkouts checkouts = new Checkouts();

  /**
   * @param keptBytes of a dataset's rows that may stay decoded in memory
   */
  public Segments(Watch watch, long keptBytes) {
    this.watch = watch;
    this.rows = new RowsInMemory(keptBytes);
  }

  /**
   * A segment.
   *
   * @param dataset the folder of the dataset, which has been checked
   * @param runId of the run, which is made when it is not there
   * @param origin of the run, should it be made
   * @param until where it ends
   * @param before how an earlier attempt ended; null when there was none
   */
  public record Ask(
      String dataset, String runId, RunSeries.Origin origin, Until until, String before) {}

  /** Trains one; the run is paused or finished then. */
  public Run train(AlmanacConfig config, Ask ask) throws IOException {
    Stretch stretch = new Stretch(ask.until, ask.before, rows);
    String folder = Storage.resolve(config.runs(), ask.runId);
    boolean isThere = Storage.exists(Storage.resolve(folder, RunRecord.FILE));
    Trainer trainer = new Trainer(config, watch, checkouts);
    return trainer.run(
        DatasetCheck.TRUSTED,
        context ->
            isThere
                ? Training.resume(Run.open(folder), context, stretch)
                : begin(trainer, ask, context, stretch));
  }

  private static Run begin(Trainer trainer, Ask ask, RunContext context, Stretch stretch)
      throws IOException {
    Dataset dataset = Dataset.open(ask.dataset);
    return Training.run(
        dataset, trainer.settled(dataset), context.withTrial(ask.runId, ask.origin), stretch);
  }
}
