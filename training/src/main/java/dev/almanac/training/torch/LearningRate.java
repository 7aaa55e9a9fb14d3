package dev.almanac.training.torch;

import dev.almanac.training.config.TrainConfig;

/**
 * The learning rate of each step of a training.
 *
 * <p>A warm-up raises it linearly from 0 to where the {@link Schedule} begins, which then has the
 * steps that are left. {@code plateau} multiplies it by a factor once so many epochs have ended
 * without a validation loss below the lowest, as PyTorch's ReduceLROnPlateau does with a threshold
 * of 0.
 */
public final class LearningRate {
  private final TrainConfig.OptimizerConfig config;
  private final Schedule schedule;
  private final long warm;
  private final long steps;
  private State state = new State(1, null, 0);

  /** What the epochs so far have made of it; the lowest loss is null before the first. */
  public record State(double reduced, Double lowest, int waited) {}

  /**
   * @param steps of the whole training, the warm-up's too
   */
  public LearningRate(TrainConfig.OptimizerConfig config, long steps) {
    this.config = config;
    this.schedule = Schedule.of(config.schedule());
    this.warm = Math.round(config.warmUp() * steps);
    this.steps = steps - warm;
  }

  /**
   * The rate of a step.
   *
   * @param step from 0
   */
  public double at(long step) {
    double highest = config.learningRate() * state.reduced;
    return step < warm
        ? highest * schedule.share(0, steps) * (step + 1) / (warm + 1)
        : highest * schedule.share(step - warm, steps);
  }

  /** Whether the rate of a step has come down so far that a loss that is not lower means much. */
  public boolean isCalm(long step) {
    return step >= warm && schedule.isCalm(step - warm, steps);
  }

  /** Hears how an epoch ended. */
  public void hear(double validationLoss) {
    if (state.lowest == null || validationLoss < state.lowest) {
      state = new State(state.reduced, validationLoss, 0);
    } else if (schedule == Schedule.PLATEAU && state.waited + 1 > config.plateau()) {
      state = new State(state.reduced * config.factor(), state.lowest, 0);
    } else {
      state = new State(state.reduced, state.lowest, state.waited + 1);
    }
  }

  public State state() {
    return state;
  }

  public void restore(State saved) {
    state = saved;
  }
}
