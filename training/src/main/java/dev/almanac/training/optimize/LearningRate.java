package dev.almanac.training.optimize;

/**
 * The learning rate of each step of a training.
 *
 * <p>A warm-up raises it linearly from 0 to where the {@link Schedule} begins, which then has the
 * steps that are left.
 */
public final class LearningRate {
  private final double highest;
  private final Schedule schedule;
  private final long warm;
  private final long steps;
  private State state = new State(1, null, 0);

  /** What the epochs so far have made of it; the lowest loss is null before the first. */
  public record State(double reduced, Double lowest, int waited) {}

  /**
   * @param steps of the whole training, the warm-up's too
   */
  public LearningRate(double highest, Schedule schedule, long steps) {
    this.highest = highest;
    this.schedule = schedule;
    this.warm = Math.round(schedule.warmUp() * steps);
    this.steps = steps - warm;
  }

  /**
   * The rate of a step.
   *
   * @param step from 0
   */
  public double at(long step) {
    double now = highest * state.reduced;
    return step < warm
        ? now * schedule.share(0, steps) * (step + 1) / (warm + 1)
        : now * schedule.share(step - warm, steps);
  }

  /** Whether the rate of a step has come down so far that a loss that is not lower means much. */
  public boolean isCalm(long step) {
    return step >= warm && schedule.isCalm(step - warm, steps);
  }

  /** Hears how an epoch ended. */
  public void hear(double validationLoss) {
    if (state.lowest == null || validationLoss < state.lowest) {
      state = new State(state.reduced, validationLoss, 0);
      return;
    }
    int waited = state.waited + 1;
    double reduction = schedule.reduction(waited);
    state =
        reduction < 1
            ? new State(state.reduced * reduction, state.lowest, 0)
            : new State(state.reduced, state.lowest, waited);
  }

  public State state() {
    return state;
  }

  public void restore(State saved) {
    state = saved;
  }
}
