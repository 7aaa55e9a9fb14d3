package dev.almanac.pipelines.work.worker;

import dev.almanac.pipelines.work.ConfigFile;
import dev.almanac.pipelines.work.Engine;

/** Which program serves as a {@link TrialWorker}. */
@FunctionalInterface
public interface WorkerStarter {
  /**
   * The program, with the flags of this process's Java that every worker has.
   *
   * @param config that all trials share
   * @param engine whose arguments say how storage is reached
   */
  WorkerProgram program(ConfigFile config, Engine engine);
}
