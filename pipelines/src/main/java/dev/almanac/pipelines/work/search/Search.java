package dev.almanac.pipelines.work.search;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.SearchConfig;
import dev.almanac.pipelines.config.yaml.Part;
import dev.almanac.pipelines.track.Trackers;
import dev.almanac.pipelines.track.study.StudyTracking;
import dev.almanac.pipelines.work.ConfigFile;
import dev.almanac.pipelines.work.Engine;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import dev.almanac.pipelines.work.prepare.Datasets;
import dev.almanac.pipelines.work.prepare.Prepare;
import dev.almanac.pipelines.work.runs.RunChoices;
import dev.almanac.pipelines.work.study.Confirmed;
import dev.almanac.pipelines.work.study.StudyDisplay;
import dev.almanac.pipelines.work.study.StudyWinner;
import dev.almanac.pipelines.work.train.Trainer;
import dev.almanac.pipelines.work.worker.WorkerStarter;
import dev.almanac.training.lease.LeaseException;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunGroup;
import dev.almanac.training.run.RunStore;
import dev.almanac.training.search.Budget;
import dev.almanac.training.search.Effort;
import dev.almanac.training.search.Study;
import dev.almanac.training.search.StudyConfig;
import dev.almanac.training.search.StudyListener;
import dev.almanac.training.search.trial.Given;
import dev.almanac.training.search.trial.Resource;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Runs the trials that a study still lacks, and evaluates its winner on the test split. A study
 * that was cancelled or killed goes on where it was.
 *
 * @param dataset a folder of one or of many; null for the newest that was prepared with the config,
 *     which is prepared when there is none
 * @param consent to what is refused otherwise
 * @param engine that prepares datasets, and trains on its machines if it has any
 * @param starter of the processes that train
 */
public record Search(
    ConfigFile file, String dataset, Set<Consent> consent, Engine engine, WorkerStarter starter)
    implements Work<Search.Found> {
  /** The sections without which there is nothing to search. */
  public static final Set<Part> NEEDS =
      Set.of(Part.SOURCE, Part.COLUMNS, Part.SPLIT, Part.OUTPUT, Part.TRAIN, Part.SEARCH);

  /** What a search does only when it is asked for. */
  public enum Consent {
    /**
     * Goes on with a study whose trials so far were chosen otherwise: by another sampler, seed,
     * pruner or order, or in another space.
     */
    CHANGES,
    /** Takes part in a study that another process searches. */
    JOIN
  }

  /**
   * A study that has ended, and its best run, evaluated.
   *
   * @param trials by number
   * @param end what ended the study
   * @param best the trial that made the winner
   * @param confirmed the best trials, trained again, the best mean first; none when the best trial
   *     wins as it is
   * @param winner the best trial's run; or when it was confirmed, the run of its median seed; or
   *     the mean of the best few
   * @param notes what a person should know of the study
   */
  public record Found(
      String study,
      List<Trial> trials,
      Budget.End end,
      Trial best,
      List<Confirmed> confirmed,
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
    String folder = Storage.resolve(config.studies(), new Plan(config, null).name());
    boolean isInEpochs = search.conduct().resource() == Resource.EPOCHS;
    Plan plan =
        isInEpochs ? new Plan(config, null) : trainings(folder, config, known, watch).plan();
    StudyConfig question = plan.question();
    Budget.End end = null;
    while (true) {
      try (Study study = open(folder, question, search)) {
        if (study != null) {
          watch.line("Searching in %s".formatted(folder));
          study.damage().forEach(watch::line);
          return lead(study, question, trainings(folder, config, known, watch), end);
        }
      }
      end = new Joining(trainings(folder, config, known, watch)).run();
    }
  }

  /** Null when another process leads the study, and this one may join it. */
  private Study open(String folder, StudyConfig question, SearchConfig search) throws IOException {
    try {
      return Study.open(folder, question, search.space(), consent.contains(Consent.CHANGES));
    } catch (LeaseException led) {
      if (consent.contains(Consent.JOIN)) {
        return null;
      }
      throw new ForeseenException(
          "%s; with --join this one takes part meanwhile".formatted(led.getMessage()), led);
    }
  }

  private Trainings trainings(String folder, AlmanacConfig config, Dataset known, Watch watch)
      throws Exception {
    StudyDatasets datasets =
        StudyDatasets.open(
            folder, prepared -> new Prepare(prepared, null, engine).run(watch), config, known);
    return new Trainings(file, config, datasets, starter, engine, watch);
  }

  /**
   * Searches, and evaluates the winner.
   *
   * @param ended what ended the study while it was led by another process; null when nothing has
   */
  private Found lead(Study study, StudyConfig question, Trainings trainings, Budget.End ended)
      throws Exception {
    AlmanacConfig config = trainings.config();
    Watch watch = trainings.watch();
    SearchConfig search = config.search();
    String folder = Storage.resolve(config.studies(), question.name());
    // Runs that were under way when an earlier search was killed are lost from now on.
    new RunStore(config.runs()).listing();
    try (StudyDisplay display = new StudyDisplay(folder, watch)) {
      // The time that others have searched is not searched once more.
      Budget.End end =
          ended == Budget.End.TIME ? ended : search(study, question, trainings, display);
      watch.line("The search ended by its %s".formatted(end.text()));
      List<String> notes = new ArrayList<>(study.damage());
      Winner best = Winner.of(study, config.runs(), folder, notes);
      List<Confirmed> confirmed =
          search.choice().confirm() == null
              ? List.of()
              : new Confirming(trainings).of(study, display.again());
      new Trackers(config, watch::line).tryCatchUp();
      if (!confirmed.isEmpty()) {
        Confirmed first = confirmed.get(0);
        best = new Winner(first.trial(), Winner.open(config.runs(), first.median()));
      }
      Run winner = best.run();
      double value = confirmed.isEmpty() ? best.trial().value() : confirmed.get(0).spread().mean();
      if (search.choice().ensemble() > 1) {
        BestFew few = new BestFew(config, watch);
        winner = few.choose(BestFew.candidates(confirmed, study.ranked()), winner, notes);
        value = winner.record().isEnsemble() ? few.value(winner) : value;
      }
      RunChoices.of(config).report(winner, question.name(), search.metric(), value);
      if (!winner.record().metrics().containsKey("test")) {
        watch.line("Evaluating the winner, trial %s".formatted(best.trial().number()));
        winner = new Trainer(config, watch).evaluate(RunGroup.alone(winner), true).best();
      }
      display.finish(chosen(best.trial(), confirmed, winner));
      return new Found(folder, study.trials(), end, best.trial(), confirmed, winner, notes);
    }
  }

  /** What is kept of the choice beside the study. */
  private StudyWinner chosen(Trial trial, List<Confirmed> confirmed, Run winner) {
    return new StudyWinner(
        trial.number(),
        winner.record().runId(),
        winner.record().dataset().path(),
        winner.record().metrics(),
        file.path(),
        confirmed.stream()
            .map(each -> new StudyWinner.Confirmed(each.trial().number(), each.spread()))
            .toList(),
        winner.record().recipe().members());
  }

  private Budget.End search(
      Study study, StudyConfig question, Trainings trainings, StudyDisplay display)
      throws Exception {
    AlmanacConfig config = trainings.config();
    Watch watch = trainings.watch();
    SearchConfig search = config.search();
    Trackers trackers = new Trackers(config, watch::line);
    String folder = Storage.resolve(config.studies(), question.name());
    try (StudyTracking tracking = trackers.begin(folder, question)) {
      List<Given> first = new ArrayList<>(config.searchPoints());
      first.addAll(new EarlierTrials(trainings).given(study.trials()));
      Effort effort = new Effort(search.conduct().budget(), trainings.atOnce(), first);
      String sampler = study.sampler(search.conduct().budget().trials()).name();
      watch.line(
          "Sampler: %s%s"
              .formatted(
                  sampler,
                  sampler.equals(search.sampler())
                      ? ""
                      : ", which suits the space and the budget"));
      StudyListener listener = SearchProgress.of(search, watch).and(tracking).and(display);
      return trainings.run(question, objective -> study.run(objective, effort, listener));
    }
  }
}
