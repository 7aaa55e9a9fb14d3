package dev.almanac.training.run;

import java.util.Optional;

/** Rows a second and the time that is left. */
final class TrainingClock {
  private static final long BETWEEN_REPORTS = 250_000_000L;
  private static final double NANOS = 1e9;

  private final int epochs;
  private final long steps;
  private final long started = System.nanoTime();
  private int epoch;
  private long epochStarted;
  private long lastStep;
  private long lastReport;
  private long done;
  private long rows;
  private long allRows;
  private double trainSeconds;

  TrainingClock(int epochs, long steps) {
    this.epochs = epochs;
    this.steps = steps;
  }

  void begin(int next) {
    epoch = next;
    epochStarted = System.nanoTime();
    lastStep = epochStarted;
    rows = 0;
    done = 0;
  }

  /** Hears of a step; says where training stands when it has not for a while. */
  Optional<ProgressListener.Progress> step(long step, int stepRows, LossMeter meter) {
    rows += stepRows;
    done = step;
    lastStep = System.nanoTime();
    if (lastStep - lastReport < BETWEEN_REPORTS) {
      return Optional.empty();
    }
    lastReport = lastStep;
    long before = (epoch - 1) * steps + step;
    double perStep = (lastStep - started) / NANOS / before;
    return Optional.of(
        new ProgressListener.Progress(
            epoch,
            epochs,
            step,
            steps,
            meter.mean(),
            rows / ((lastStep - epochStarted) / NANOS),
            perStep * (epochs * steps - before)));
  }

  /** The record of the epoch, which is over. */
  EpochRecord record(double rate, double trainLoss, TrainingLoop.Score score, boolean best) {
    double training = (lastStep - epochStarted) / NANOS;
    allRows += rows;
    trainSeconds += training;
    return new EpochRecord(
        epoch,
        done,
        rate,
        trainLoss,
        score.loss(),
        score.metrics(),
        best,
        (System.nanoTime() - epochStarted) / NANOS,
        rows / training);
  }

  RunRecord.Result result(int ran, EpochRecord best) {
    return new RunRecord.Result(
        ran,
        best.epoch(),
        ran < epochs,
        best.trainLoss(),
        best.validationLoss(),
        (System.nanoTime() - started) / NANOS,
        allRows / trainSeconds);
  }
}
