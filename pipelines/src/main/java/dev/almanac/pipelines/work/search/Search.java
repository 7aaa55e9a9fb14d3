package dev.almanac.pipelines.work.search;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.SearchConfig;
import dev.almanac.pipelines.config.yaml.Part;
import dev.almanac.pipelines.track.Trackers;
import dev.almanac.pipelines.track.study.StudyTracking;
import dev.almanac.pipelines.work.CancelledException;
import dev.almanac.pipelines.work.ConfigFile;
import dev.almanac.pipelines.work.Engine;
import dev.almanac.pipelines.work.Figures;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import dev.almanac.pipelines.work.prepare.Datasets;
import dev.almanac.pipelines.work.prepare.Prepare;
import dev.almanac.pipelines.work.runs.RunChoices;
import dev.almanac.pipelines.work.train.Trainer;
import dev.almanac.pipelines.work.worker.TrialDevices;
import dev.almanac.pipelines.work.worker.WorkerMemory;
import dev.almanac.pipelines.work.worker.WorkerPool;
import dev.almanac.pipelines.work.worker.WorkerStarter;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunGroup;
import dev.almanac.training.run.RunStore;
import dev.almanac.training.search.Budget;
import dev.almanac.training.search.Effort;
import dev.almanac.training.search.Study;
import dev.almanac.training.search.StudyConfig;
import dev.almanac.training.search.trial.Given;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Runs the trials that a study still lacks, and evaluates its winner on the test split. A study
 * that was cancelled or killed goes on where it was.
 *
 * @param dataset a folder of one or of many; null for the newest that was prepared with the config,
 *     which is prepared when there is none
 * @param accepted whether a study is gone on with whose trials so far were chosen otherwise: by
 *     another sampler, seed, pruner or order, or in another space
 * @param engine that prepares datasets
 * @param starter of the processes that train
 */
public record Search(
    ConfigFile file, String dataset, boolean accepted, Engine engine, WorkerStarter starter)
    implements Work<Search.Found> {
  /** The sections without which there is nothing to search. */
  public static final Set<Part> NEEDS =
      Set.of(Part.SOURCE, Part.COLUMNS, Part.SPLIT, Part.OUTPUT, Part.TRAIN, Part.SEARCH);

  /**
   * A study that has ended, and its best run, evaluated.
   *
   * @param trials by number
   * @param end what ended the study
   * @param best the trial that made the winner
   * @param notes what a person should know of the study
   */
  public record Found(
      String study,
      List<Trial> trials,
      Budget.End end,
      Trial best,
      Run winner,
      List<String> notes) {}

  @Override
  public Found run(Watch watch) throws Exception {
    AlmanacConfig config = file.read(NEEDS);
    Dataset known =
        dataset != null ? Dataset.open(dataset) : Datasets.find(config, watch).orElse(null);
    return run(config, known, watch);
  }

  /**
   * The same with what is at hand already.
   *
   * @param config of the file, with a search
   * @param known a dataset that suits it as it stands; null when it is still to be prepared
   */
  public Found run(AlmanacConfig config, Dataset known, Watch watch) throws Exception {
    SearchConfig search = config.search();
    String name = name(config);
    String folder = Storage.resolve(config.studies(), name);
    StudyConfig question =
        new StudyConfig(
            name,
            search.sampler(),
            search.seed(),
            search.metric(),
            search.goal(),
            config.searchSpace(),
            config.trialHash(),
            search.conduct().course(config.train().length().epochs()));
    try (Study study = Study.open(folder, question, search.space(), accepted)) {
      watch.line("Searching in %s".formatted(folder));
      study.damage().forEach(watch::line);
      // Runs that were under way when an earlier search was killed are lost from now on.
      new RunStore(config.runs()).listing();
      StudyDatasets datasets =
          StudyDatasets.open(
              folder, prepared -> new Prepare(prepared, null, engine).run(watch), config, known);
      Budget.End end = runTrials(study, question, config, datasets, watch);
      new Trackers(config, watch::line).tryCatchUp();
      watch.line("The search ended by its %s".formatted(end.text()));
      List<String> notes = new ArrayList<>(study.damage());
      Winner best = best(config, study, folder, notes);
      Run winner = best.run();
      RunChoices.of(config).report(winner, name, search.metric(), best.trial().value());
      if (!winner.record().metrics().containsKey("test")) {
        watch.line("Evaluating the winner, trial %s".formatted(best.trial().number()));
        winner = new Trainer(config, watch).evaluate(RunGroup.alone(winner), true).best();
      }
      return new Found(folder, study.trials(), end, best.trial(), winner, notes);
    }
  }

  private Budget.End runTrials(
      Study study, StudyConfig question, AlmanacConfig config, StudyDatasets datasets, Watch watch)
      throws Exception {
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
            question.name(),
            search.metric(),
            threads(config),
            search.conduct().retries());
    Trackers trackers = new Trackers(config, watch::line);
    String folder = Storage.resolve(config.studies(), question.name());
    try (StudyTracking tracking = trackers.begin(folder, question);
        TrialProcesses processes = new TrialProcesses(file, setting, workers, watch)) {
      List<Given> first =
          config.searchPoints().stream().map(point -> Given.of("default", point)).toList();
      Effort effort = new Effort(search.conduct().budget(), search.conduct().parallel(), first);
      return study.run(processes, effort, SearchProgress.of(search, watch).and(tracking));
    } catch (InterruptedException e) {
      if (watch.isCancelled()) {
        throw new CancelledException(e);
      }
      throw e;
    }
  }

  /** A finished trial and the run that it made. */
  private record Winner(Trial trial, Run run) {}

  /**
   * The best trial whose run is there.
   *
   * @param notes gets a sentence for each better one whose run is not
   */
  private static Winner best(AlmanacConfig config, Study study, String folder, List<String> notes)
      throws IOException {
    List<Trial> ranked = study.ranked();
    List<String> gone = new ArrayList<>();
    for (Trial trial : ranked) {
      try {
        Run run = Run.open(Storage.resolve(config.runs(), String.valueOf(trial.runId())));
        run.model();
        gone.forEach(reason -> notes.add("%s; taking the next best".formatted(reason)));
        return new Winner(trial, run);
      } catch (IOException e) {
        gone.add(
            "trial %s, %s, cannot be used: %s"
                .formatted(trial.number(), Figures.number(trial.value()), e.getMessage()));
      }
    }
    if (!ranked.isEmpty()) {
      throw new ForeseenException(
          "Cannot choose a model: of the %s trials of %s that finished no run can be used; %s"
              .formatted(ranked.size(), folder, gone.get(0)));
    }
    String first =
        study.trials().stream()
            .filter(trial -> trial.reason() != null)
            .findFirst()
            .map(trial -> "; trial %s: %s".formatted(trial.number(), trial.reason()))
            .orElse("");
    throw new ForeseenException(
        "Cannot choose a model: none of the %s trials of %s finished%s"
            .formatted(study.trials().size(), folder, first));
  }

  /** The study's own name, or one that changes with whatever its trials depend on. */
  private static String name(AlmanacConfig config) {
    SearchConfig search = config.search();
    if (search.name() != null) {
      return search.name();
    }
    String question =
        Json.sha256(
            List.of(
                search.sampler(),
                search.seed(),
                search.metric(),
                config.searchSpace(),
                config.trialHash(),
                search.conduct().course(config.train().length().epochs())));
    return config.name() + "-" + question.substring(0, 8);
  }

  /** A trial's share of the cores: more threads than cores in all would be many times slower. */
  private static int threads(AlmanacConfig config) {
    int share =
        Math.max(
            1, Runtime.getRuntime().availableProcessors() / config.search().conduct().parallel());
    return config.train().machine().threads() == 0
        ? share
        : Math.min(share, config.train().machine().threads());
  }
}
