package dev.almanac.training.train;

import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.ProgressListener;
import dev.almanac.training.run.RunOutcome;
import dev.almanac.training.run.Speed;
import dev.almanac.training.torch.LossMeter;
import java.util.Optional;

/** Rows a second, the time that is left, and the time that went into waiting for rows. */
final class TrainingClock {
  private static final long BETWEEN_REPORTS = 250_000_000L;
  private static final double NANOS = 1e9;

  private final int epochs;
  private final long batches;
  private final long started = System.nanoTime();
  private State before = new State(0, 0, 0, 0);
  private int epoch;
  private long skipped;
  private long epochStarted;
  private long lastStep;
  private long lastReport;
  private long done;
  private long rows;
  private long allRows;
  private long allBatches;
  private double trainSeconds;
  private double waitSeconds;

  /** Seconds so far, rows trained on, and the seconds that this and waiting for rows took. */
  record State(double seconds, long rows, double trainSeconds, double waitSeconds) {}

  /**
   * @param batches of an epoch
   */
  TrainingClock(int epochs, long batches) {
    this.epochs = epochs;
    this.batches = batches;
  }

  /** Counts on from what was measured before, if only by another process. */
  void restore(State saved) {
    before = saved;
  }

  State state() {
    double training = trainSeconds + (lastStep - epochStarted) / NANOS;
    return new State(
        before.seconds + (System.nanoTime() - started) / NANOS,
        before.rows + allRows + rows,
        before.trainSeconds + training,
        before.waitSeconds + waitSeconds);
  }

  /**
   * Begins an epoch.
   *
   * @param from how many of its batches were done before
   */
  void begin(int next, long from) {
    epoch = next;
    skipped = from;
    epochStarted = System.nanoTime();
    lastStep = epochStarted;
    rows = 0;
    done = from;
  }

  /**
   * Hears of a batch; says where training stands when it has not for a while.
   *
   * @param waitNanos how long the rows of the epoch were waited for so far
   */
  Optional<ProgressListener.Progress> batch(
      long batch, int batchRows, LossMeter meter, long waitNanos) {
    rows += batchRows;
    done = batch;
    lastStep = System.nanoTime();
    if (lastStep - lastReport < BETWEEN_REPORTS) {
      return Optional.empty();
    }
    lastReport = lastStep;
    double perBatch = (lastStep - started) / NANOS / (allBatches + done - skipped);
    long left = (epochs - epoch + 1L) * batches - done;
    return Optional.of(
        new ProgressListener.Progress(
            epoch,
            epochs,
            batch,
            batches,
            meter.mean(),
            rows / ((lastStep - epochStarted) / NANOS),
            allRows + rows,
            waitSeconds + waitNanos / NANOS,
            perBatch * left));
  }

  /** Hears how long the rows of the epoch were waited for. */
  void waited(long nanos) {
    waitSeconds += nanos / NANOS;
  }

  /** The record of the epoch, which is over. */
  EpochRecord record(double rate, double trainLoss, Validation.Score score, boolean best) {
    double training = (lastStep - epochStarted) / NANOS;
    // An epoch that was resumed at its end trained on no row here.
    double rowsPerSecond = rows == 0 ? 0 : rows / training;
    allRows += rows;
    allBatches += done - skipped;
    trainSeconds += training;
    rows = 0;
    epochStarted = lastStep;
    return new EpochRecord(
        epoch,
        done,
        rate,
        trainLoss,
        score.loss(),
        score.metrics(),
        best,
        new Speed(training + (System.nanoTime() - lastStep) / NANOS, rowsPerSecond));
  }

  /**
   * How a training went.
   *
   * @param ran how many of its epochs
   * @param all that was measured
   */
  static RunOutcome.Result result(int ran, int epochs, State all, EpochRecord best) {
    return new RunOutcome.Result(
        ran,
        best.epoch(),
        ran < epochs,
        best.trainLoss(),
        best.validationLoss(),
        new Speed(all.seconds(), all.rows() / all.trainSeconds()),
        all.waitSeconds() / all.trainSeconds(),
        null);
  }
}
