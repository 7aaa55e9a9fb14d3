package dev.almanac.training.train;

import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.data.shuffle.ShuffleQuality;
import dev.almanac.training.data.shuffle.SplitMix64;
import dev.almanac.training.feed.BatchSource;
import dev.almanac.training.feed.BrokenBatch;
import dev.almanac.training.optimize.LearningRate;
import dev.almanac.training.problem.TrainingException;
import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.Journal;
import dev.almanac.training.run.StopSignal;
import dev.almanac.training.run.StoppedException;
import dev.almanac.training.torch.Compute;
import dev.almanac.training.torch.LossMeter;
import dev.almanac.training.torch.TrainingStep;
import dev.almanac.transforms.manifest.DatasetColumns;
import java.io.IOException;

/**
 * One epoch after the other over the train rows, in steps of one or more batches.
 *
 * <p>Random draws of a batch begin with a seed of its own, made of the training's seed and how many
 * batches came before: they do not depend on where a process began.
 */
final class TrainingPass {
  private final TrainConfig config;
  private final DatasetColumns columns;
  private final Compute compute;
  private final boolean random;
  private final TrainingStep step;
  private final BatchSource train;
  private final Journal journal;
  private final LearningRate rate;
  private final TrainingClock clock;
  private final long batches;
  private final long epochSteps;
  private LossMeter meter;
  private int epoch;
  private long done;
  private double trainLoss;
  private double lastRate;

  /** Takes the state of a training between two steps. */
  interface Saver {
    /**
     * Saves it, if it is time.
     *
     * @param force whatever the time
     */
    void save(TrainingPass pass, boolean force) throws IOException;
  }

  TrainingPass(
      TrainConfig config,
      DatasetColumns columns,
      Compute compute,
      boolean random,
      TrainingStep step,
      BatchSource train,
      Journal journal) {
    this.config = config;
    this.columns = columns;
    this.compute = compute;
    this.random = random;
    this.step = step;
    this.train = train;
    this.journal = journal;
    this.batches = train.steps();
    this.epochSteps = (batches + config.batches().accumulate() - 1) / config.batches().accumulate();
    this.rate = config.optimizer().rates(config.length().epochs() * epochSteps);
    this.clock = new TrainingClock(config.length().epochs(), batches);
  }

  /** Goes on from a place that the step has come to, at the next {@link #run}. */
  void restore(Checkpoint.Place place) {
    rate.restore(place.rate());
    clock.restore(place.clock());
    lastRate = rate.at(Math.max(0, place.steps() - 1));
    begin(place.epoch(), place.batches());
    meter.restore(place.loss());
  }

  private void begin(int next, long from) {
    epoch = next;
    done = from;
    meter = new LossMeter(compute);
  }

  /**
   * Trains an epoch, or the rest of one that {@link #restore} has begun, or some of it.
   *
   * @param from how many batches of it are done
   * @param to how many are to be; of an epoch that is not over then the state has to be saved
   */
  void run(int next, long from, long to, Saver saver, StopSignal signal) throws IOException {
    if (from == 0) {
      begin(next, 0);
    }
    clock.begin(epoch, from);
    try (LossMeter open = meter;
        BatchSource.Pass pass = train.pass(epoch - 1, from)) {
      while (done < to) {
        try (BatchSource.Rows batch = pass.next()) {
          add(batch, pass.waitNanos());
        }
        if (done % config.batches().accumulate() == 0 || done == batches) {
          move();
          if (signal.isAsked()) {
            saver.save(this, true);
            throw new StoppedException();
          }
          saver.save(this, false);
        }
      }
      if (!open.settle()) {
        throw broken("one of the last batches");
      }
      clock.waited(pass.waitNanos());
      trainLoss = open.mean();
    }
  }

  /** Batches of an epoch. */
  long batches() {
    return batches;
  }

  /**
   * Batches of an epoch up to the end of the step that has the last row of its first row groups.
   *
   * @param of the epoch, from 1
   */
  long batches(int of, int rowGroups) {
    TrainConfig.Batches each = config.batches();
    long stepRows = (long) each.accumulate() * each.size();
    long steps = (train.rowGroupRows(of - 1, rowGroups) + stepRows - 1) / stepRows;
    return Math.min(batches, steps * each.accumulate());
  }

  private void add(BatchSource.Rows rows, long waitNanos) throws IOException {
    if (random) {
      compute.seed(SplitMix64.at(config.seed(), (epoch - 1) * batches + done));
    }
    step.add(rows, 1.0 / stepRows());
    done++;
    if (!meter.add(step, rows.count())) {
      throw broken(BrokenBatch.describe(rows, columns));
    }
    clock.batch(done, rows.count(), meter, waitNanos).ifPresent(journal::step);
  }

  /** The rows of all batches of the step that is being made. */
  private long stepRows() {
    TrainConfig.Batches each = config.batches();
    long first = done / each.accumulate() * each.accumulate() * each.size();
    return Math.min((long) each.accumulate() * each.size(), train.rows() - first);
  }

  private void move() {
    double clip = config.optimizer().clipNorm();
    double share = clip == 0 ? 1 : Math.min(1, clip / (step.gradientLength() + 1e-6));
    lastRate = rate.at(step.steps());
    step.move(lastRate, share);
  }

  /** The state now, between two steps. */
  Checkpoint checkpoint(EarlyStopping stopping, EpochRecord best) {
    if (!meter.settle()) {
      throw broken("one of the last batches");
    }
    return new Checkpoint(place(epoch, done, stopping, best), step.state(), stopping.weights());
  }

  /** Where the training stands when the epoch is over and measured: before the next. */
  Checkpoint.Place ended(EarlyStopping stopping, EpochRecord best) {
    begin(epoch + 1, 0);
    return place(epoch, 0, stopping, best);
  }

  /** Where the training stands when some batches of the epoch are done. */
  Checkpoint.Place within(EarlyStopping stopping, EpochRecord best) {
    return place(epoch, done, stopping, best);
  }

  private Checkpoint.Place place(
      int under, long batchesDone, EarlyStopping stopping, EpochRecord best) {
    return new Checkpoint.Place(
        under,
        batchesDone,
        step.steps(),
        meter.state(),
        rate.state(),
        stopping.state(),
        clock.state(),
        best);
  }

  /** The weights as they predict. */
  float[] settled() {
    return step.settled();
  }

  /** How well the rows were mixed; null when nobody knows. */
  ShuffleQuality shuffleQuality() {
    return train.shuffleQuality();
  }

  LearningRate rate() {
    return rate;
  }

  /** Whether the learning rate of the last step was low enough for early stopping to count. */
  boolean isCalm() {
    return rate.isCalm(epoch * epochSteps - 1);
  }

  /** The record of the epoch that is over. */
  EpochRecord record(Validation.Score score, boolean best) {
    return clock.record(lastRate, trainLoss, score, best);
  }

  TrainingException broken(String cause) {
    return new TrainingException(
        "Cannot go on training in epoch %s, batch %s: %s is not a finite number (%s); lower train.optimizer.learning-rate (%s), set train.optimizer.clip-norm, or standardize and clip the features"
            .formatted(
                epoch,
                done,
                meter.isLossFinite() ? "the gradient" : "the loss",
                cause,
                config.optimizer().learningRate()));
  }
}
