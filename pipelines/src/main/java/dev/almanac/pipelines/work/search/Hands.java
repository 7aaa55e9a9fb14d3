package dev.almanac.pipelines.work.search;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.ConductConfig;
import dev.almanac.pipelines.work.ConfigFile;
import dev.almanac.pipelines.work.Engine;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.cluster.EngineWorkers;
import dev.almanac.pipelines.work.worker.SegmentWorkers;
import dev.almanac.pipelines.work.worker.TrialDevices;
import dev.almanac.pipelines.work.worker.WorkerMemory;
import dev.almanac.pipelines.work.worker.WorkerPool;
import dev.almanac.pipelines.work.worker.WorkerStarter;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.Lock;

/**
 * Who trains the trials of a search: processes of this machine, or of an engine's.
 *
 * @param engine whose machines train, unless it has none but this
 */
record Hands(ConfigFile file, Engine engine, WorkerStarter starter) {

  /**
   * How many trials are trained at once as far as this process is concerned. An engine is given all
   * that a study knows, and trains as many at once as it has room for.
   */
  int number(AlmanacConfig config) {
    ConductConfig conduct = config.search().conduct();
    boolean isWide = engine.trains() && conduct.inFlight() != null;
    return isWide ? conduct.inFlight() : conduct.parallel();
  }

  /**
   * Those of this machine, or the engine's.
   *
   * @param folder of the study
   * @param turn held while a pipeline runs
   */
  SegmentWorkers open(AlmanacConfig config, String folder, Lock turn, Watch watch)
      throws IOException {
    if (engine.trains()) {
      return engines(config, folder, turn, watch);
    }
    WorkerMemory memory =
        WorkerMemory.of(
            config.search().conduct().parallel(),
            ManagementFactory.getRuntimeMXBean().getInputArguments());
    watch.line("Training in %s".formatted(memory.text()));
    return new WorkerPool(
        starter.program(file, engine).here(memory.flags()),
        TrialDevices.of(System.getenv(), TrialDevices.DRIVER));
  }

  private EngineWorkers engines(AlmanacConfig config, String folder, Lock turn, Watch watch)
      throws IOException {
    watch.line(
        "Training on %s, in a process beside each of its workers".formatted(engine.runner()));
    String place = EngineWorkers.Setting.place(folder);
    String copy = EngineWorkers.Setting.config(place);
    Storage.writeText(copy, file.text());
    ConfigFile there =
        new ConfigFile(Storage.absolute(file.path()), file.overrides()).copiedTo(copy);
    return new EngineWorkers(
        engine,
        new EngineWorkers.Setting(starter.program(there, engine), place, config.runs()),
        turn,
        watch);
  }
}
