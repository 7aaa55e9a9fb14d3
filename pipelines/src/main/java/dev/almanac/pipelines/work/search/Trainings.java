package dev.almanac.pipelines.work.search;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.SearchConfig;
import dev.almanac.pipelines.work.CancelledException;
import dev.almanac.pipelines.work.ConfigFile;
import dev.almanac.pipelines.work.Engine;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.worker.SegmentWorkers;
import dev.almanac.pipelines.work.worker.WorkerStarter;
import dev.almanac.training.search.Budget;
import dev.almanac.training.search.Objective;
import dev.almanac.training.search.StudyConfig;
import dev.almanac.training.search.space.SearchException;
import dev.almanac.training.search.trial.Resource;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;

/**
 * What a search trains in.
 *
 * @param config of the file
 * @param datasets that trials read
 * @param starter of the processes that train
 * @param engine whose machines train, unless it has none but this
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

  /** What the search asks. */
  Plan plan() throws Exception {
    boolean isInRowGroups = config.search().conduct().resource() == Resource.ROW_GROUPS;
    return new Plan(config, isInRowGroups ? datasets.rowGroups(config) : null);
  }

  /** How many trials are trained at once as far as this process is concerned. */
  int atOnce() {
    return hands().number(config);
  }

  private Hands hands() {
    return new Hands(file, engine, starter);
  }

  /**
   * Trains in processes, here or on the engine's machines.
   *
   * @param study whose name runs are kept with
   */
  Budget.End run(StudyConfig study, Use use) throws Exception {
    SearchConfig search = config.search();
    String folder = Storage.resolve(config.studies(), study.name());
    SegmentWorkers workers = hands().open(config, folder, datasets.turn(), watch);
    TrialProcesses.Setting setting =
        new TrialProcesses.Setting(
            datasets,
            config.runs(),
            study.name(),
            search.metric(),
            study.course().epochs(),
            plan().threads(),
            search.conduct().retries());
    try (TrialProcesses processes = new TrialProcesses(file, setting, workers, watch)) {
      return use.of(processes);
    } catch (SearchException e) {
      throw workers.refused().isPresent() ? workers.refused().get() : e;
    } catch (InterruptedException e) {
      if (watch.isCancelled()) {
        throw new CancelledException(e);
      }
      throw e;
    }
  }
}
