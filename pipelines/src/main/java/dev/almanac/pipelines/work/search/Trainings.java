package dev.almanac.pipelines.work.search;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.SearchConfig;
import dev.almanac.pipelines.work.CancelledException;
import dev.almanac.pipelines.work.ConfigFile;
import dev.almanac.pipelines.work.Engine;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.worker.TrialDevices;
import dev.almanac.pipelines.work.worker.WorkerMemory;
import dev.almanac.pipelines.work.worker.WorkerPool;
import dev.almanac.pipelines.work.worker.WorkerStarter;
import dev.almanac.training.search.Budget;
import dev.almanac.training.search.Objective;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/**
 * What a search trains in.
 *
 * @param config of the file
 * @param datasets that trials read
 * @param starter of the processes that train
 * @param engine that the processes say they have
 */
record Trainings(
    ConfigFile file,
    AlmanacConfig config,
    StudyDatasets datasets,
    WorkerStarter starter,
    Engine engine,
    Watch watch) {

  /** What is done with an objective while its processes are there. */
  interface Use {
    Budget.End of(Objective objective) throws IOException, InterruptedException;
  }

  /**
   * Trains in processes.
   *
   * @param study the name that runs are kept with
   */
  Budget.End run(String study, Use use) throws Exception {
    SearchConfig search = config.search();
    WorkerMemory memory =
        WorkerMemory.of(
            search.conduct().parallel(), ManagementFactory.getRuntimeMXBean().getInputArguments());
    watch.line("Training in %s".formatted(memory.text()));
    WorkerPool workers =
        new WorkerPool(
            starter.command(file, engine, memory.flags()),
            TrialDevices.of(System.getenv(), TrialDevices.DRIVER));
    TrialProcesses.Setting setting =
        new TrialProcesses.Setting(
            datasets,
            config.runs(),
            study,
            search.metric(),
            new Plan(config).threads(),
            search.conduct().retries());
    try (TrialProcesses processes = new TrialProcesses(file, setting, workers, watch)) {
      return use.of(processes);
    } catch (InterruptedException e) {
      if (watch.isCancelled()) {
        throw new CancelledException(e);
      }
      throw e;
    }
  }
}
