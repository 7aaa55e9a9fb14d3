package dev.almanac.training.train;

import dev.almanac.training.optimize.LearningRate;
import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.torch.LossMeter;
import dev.almanac.training.torch.TrainingStep;
import java.util.List;

/**
 * All that the rest of a training depends on, between two steps.
 *
 * <p>Random draws are made from the seed and the step, and the order of rows from the seed and the
 * epoch, so their state is the place.
 *
 * @param vectors weights and the optimizer's state, as {@link TrainingStep#state} gives them
 * @param bestWeights of the best epoch; null before the first has ended
 */
record Checkpoint(Place place, List<float[]> vectors, float[] bestWeights) {
  /**
   * How far a training has come.
   *
   * @param epoch that is under way, from 1
   * @param batches of it that went into steps
   * @param steps of the optimizer
   * @param loss over the rows of those batches
   * @param rate what the schedule has heard
   * @param stopping what early stopping has heard
   * @param clock seconds and rows so far
   * @param best the record of the epoch whose weights are kept; null before the first has ended
   */
  record Place(
      int epoch,
      long batches,
      long steps,
      LossMeter.State loss,
      LearningRate.State rate,
      EarlyStopping.State stopping,
      TrainingClock.State clock,
      EpochRecord best) {}
}
