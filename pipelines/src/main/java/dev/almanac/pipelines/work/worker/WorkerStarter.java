package dev.almanac.pipelines.work.worker;

import dev.almanac.pipelines.work.ConfigFile;
import dev.almanac.pipelines.work.Engine;
import java.util.List;

/** How a process is started that serves as a {@link TrialWorker}. */
@FunctionalInterface
public interface WorkerStarter {
  /**
   * The program and its arguments.
   *
   * @param config that all trials share
   * @param engine whose arguments say how storage is reached
   * @param flags for Java beside those of this process
   */
  List<String> command(ConfigFile config, Engine engine, List<String> flags);
}
