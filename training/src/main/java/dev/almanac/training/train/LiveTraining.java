package dev.almanac.training.train;

import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.data.shuffle.ShuffleQuality;
import dev.almanac.training.feed.BatchSource;
import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.Journal;
import dev.almanac.training.run.RungRecord;
import dev.almanac.training.run.StopSignal;
import dev.almanac.training.run.Until;
import dev.almanac.training.torch.TrainingStep;
import java.io.IOException;
import java.util.Map;

/**
 * A training in memory between two steps: its model and optimizer, early stopping with the weights
 * kept so far, and how far it has come. Rows, and who is told, are those of each stretch.
 *
 * <p>How it is cut into stretches changes no bit of it. After a stretch that threw it is of no use.
 * Not thread-safe.
 */
final class LiveTraining implements AutoCloseable {
  private final TrainingLoop loop;
  private final TrainConfig config;
  private final TrainingStep step;
  private final boolean random;
  private final Validation validation;
  private final EarlyStopping stopping;
  private Checkpoint.Place place;
  private ShuffleQuality quality;

  /** Where it rests within an epoch; null when an epoch has ended. */
  private RungRecord rung;

  /**
   * What a stretch reads.
   *
   * @param validation null when there are no such rows
   */
  record Rows(BatchSource train, BatchSource validation) {}

  LiveTraining(TrainingLoop loop, TrainingStep step, boolean random) {
    this.loop = loop;
    this.config = loop.config();
    this.step = step;
    this.random = random;
    this.validation = loop.validation();
    this.stopping = new EarlyStopping(config.length().patience());
  }

  /** Goes on from a checkpoint. */
  void restore(Checkpoint from) {
    place = from.place();
    step.restore(from.vectors(), place.steps());
    stopping.restore(place.stopping(), from.bestWeights());
  }

  /**
   * Trains until there, or until the training is over.
   *
   * @param until a place that was reached already is no work
   */
  void run(Rows rows, Until until, Journal journal, CheckpointClock checkpoints, StopSignal signal)
      throws IOException {
    TrainingPass pass = loop.pass(step, random, rows.train(), journal);
    int epoch = epochs();
    long batches = 0;
    EpochRecord best = null;
    if (place != null) {
      pass.restore(place);
      batches = place.batches();
      best = place.best();
    }
    while (epoch < until.lastEpoch() && !isOver()) {
      epoch++;
      EpochRecord soFar = best;
      boolean isCut = epoch > until.epochs();
      long to = isCut ? pass.batches(epoch, until.rowGroups()) : pass.batches();
      boolean isBeyond = batches > to;
      if (!isBeyond) {
        pass.run(
            epoch,
            batches,
            to,
            (now, force) -> checkpoints.save(() -> now.checkpoint(stopping, soFar), force),
            signal);
      }
      batches = 0;
      float[] settled = pass.settled();
      Validation.Score score = validation.score(settled, rows.validation());
      if (!isFinite(settled) || !score.isFinite()) {
        throw pass.broken("the weights grew past what float32 holds");
      }
      if (isCut) {
        rung = new RungRecord(epoch, until.rowGroups(), to, score.loss(), score.metrics());
      }
      if (isBeyond) {
        // It was measured there when it came by.
        return;
      }
      if (isCut) {
        journal.rung(rung);
      }
      if (to < pass.batches()) {
        place = pass.within(stopping, best);
        return;
      }
      rung = null;
      boolean kept = keep(epoch, score, settled);
      if (score != Validation.Score.NONE) {
        pass.rate().hear(score.loss());
      }
      if (!pass.isCalm()) {
        stopping.forgive();
      }
      EpochRecord record = pass.record(score, kept);
      best = kept ? record : best;
      journal.epoch(record);
      measure(pass, journal);
      place = pass.ended(stopping, best);
      if (stopping.stops() && epoch < config.length().epochs()) {
        journal.note(
            "stopped after epoch %s: no lower validation loss in %s epochs; kept epoch %s"
                .formatted(epoch, config.length().patience(), stopping.epoch()));
      }
    }
  }

  private void measure(TrainingPass pass, Journal journal) throws IOException {
    if (quality == null) {
      quality = pass.shuffleQuality();
      if (quality != null && !quality.warning().isEmpty()) {
        journal.note(quality.warning());
      }
    }
  }

  private boolean keep(int epoch, Validation.Score score, float[] weights) {
    if (score == Validation.Score.NONE) {
      stopping.keep(epoch, weights);
      return true;
    }
    return stopping.hear(epoch, score.loss(), weights);
  }

  private static boolean isFinite(float[] weights) {
    for (float weight : weights) {
      if (!Float.isFinite(weight)) {
        return false;
      }
    }
    return true;
  }

  /** How many epochs have ended. */
  int epochs() {
    return place == null ? 0 : place.epoch() - 1;
  }

  /** Whether all epochs have ended, or patience has. */
  boolean isOver() {
    return epochs() >= config.length().epochs() || stopping.stops();
  }

  /** How far it has come, such as {@code epoch 3} or {@code 2 row groups of epoch 3}. */
  String at() {
    Until reached =
        rung == null || place.batches() == 0
            ? Until.epoch(epochs())
            : new Until(rung.epoch() - 1, rung.rowGroups());
    return reached.text();
  }

  /** All that another process needs to go on; a stretch has ended. */
  Checkpoint checkpoint() {
    return new Checkpoint(place, step.state(), stopping.weights());
  }

  /**
   * Metrics of the weights that would be kept if this were the end of an epoch; empty without
   * validation rows.
   */
  Map<String, Double> metrics() {
    return rung == null ? place.best().validation() : rung.kept(place.best());
  }

  /** What came of it; an epoch has ended. */
  TrainingLoop.Outcome outcome() {
    return new TrainingLoop.Outcome(
        loop.model(stopping.weights()),
        TrainingClock.result(epochs(), config.length().epochs(), place.clock(), place.best())
            .mixed(quality),
        metrics());
  }

  @Override
  public void close() {
    validation.close();
    step.close();
  }
}
