package dev.almanac.training.train;

import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.lease.Lease;
import java.io.IOException;
import java.util.function.Supplier;

/** Saves checkpoints as often as the config says. */
final class CheckpointClock {
  private final Checkpoints checkpoints;
  private final TrainConfig.CheckpointConfig config;
  private final Lease lease;
  private long savedAt = System.nanoTime();
  private int steps;

  CheckpointClock(Checkpoints checkpoints, TrainConfig.CheckpointConfig config) {
    this(checkpoints, config, null);
  }

  /**
   * @param lease without which nothing is written; null when there is none to lose
   */
  CheckpointClock(Checkpoints checkpoints, TrainConfig.CheckpointConfig config, Lease lease) {
    this.checkpoints = checkpoints;
    this.config = config;
    this.lease = lease;
  }

  /** Saves none. */
  static CheckpointClock never() {
    return new CheckpointClock(null, new TrainConfig.CheckpointConfig(0, 0));
  }

  /** Hears of a step; saves the state if it is time, or whatever the time when forced. */
  void save(Supplier<Checkpoint> state, boolean force) throws IOException {
    steps++;
    if (checkpoints == null || !force && !isTime()) {
      return;
    }
    confirm();
    checkpoints.save(state.get());
    savedAt = System.nanoTime();
    steps = 0;
  }

  private void confirm() throws IOException {
    if (lease != null) {
      lease.confirm();
    }
  }

  private boolean isTime() {
    return config.steps() > 0 && steps >= config.steps()
        || config.seconds() > 0 && System.nanoTime() - savedAt >= config.seconds() * 1_000_000_000L;
  }
}
