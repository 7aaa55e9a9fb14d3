package dev.almanac.pipelines.cli;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.SearchConfig;
import dev.almanac.pipelines.work.Figures;
import dev.almanac.pipelines.work.runs.RunChoices;
import dev.almanac.pipelines.work.search.StudyDatasets;
import dev.almanac.pipelines.work.search.TrialDevices;
import dev.almanac.pipelines.work.train.TrainStage;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunGroup;
import dev.almanac.training.run.RunStore;
import dev.almanac.training.search.Study;
import dev.almanac.training.search.StudyConfig;
import dev.almanac.training.search.Trial;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptions;

/** Runs a study, and evaluates its winner on the test split. */
final class SearchStage {
  private final Command command;
  private final PipelineOptions options;

  SearchStage(Command command, PipelineOptions options) {
    this.command = command;
    this.options = options;
  }

  /** A study that has ended and its best run, evaluated. */
  record Found(Study study, String folder, Run winner, Result summary) {}

  /**
   * Runs the trials that are missing.
   *
   * @param dataset that suits the config as it stands; null when it is still to be prepared
   */
  Found search(AlmanacConfig config, Dataset dataset) throws Exception {
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
            search.written(),
            config.trialHash());
    try (Study study = Study.open(folder, question, search.space())) {
      command.console().line("Searching in %s".formatted(folder));
      study.damage().forEach(command.console()::line);
      // Runs that were under way when an earlier search was killed are lost from now on.
      new RunStore(config.runs()).listing();
      StudyDatasets datasets = StudyDatasets.open(folder, this::prepare, config, dataset);
      int threads = threads(config);
      TrialDevices devices = TrialDevices.of(System.getenv(), TrialDevices.DRIVER);
      try (TrialProcesses processes =
          new TrialProcesses(
              command, datasets, config.runs(), name, search.metric(), threads, devices)) {
        study.run(
            processes,
            search.trials(),
            search.parallel(),
            SearchProgress.of(search, command.console()));
      }
      List<String> notes = new ArrayList<>(study.damage());
      Winner best = best(config, study, folder, notes);
      Run winner = best.run();
      RunChoices.of(config).report(winner, name, search.metric(), best.trial().value());
      if (!winner.record().metrics().containsKey("test")) {
        command.console().line("Evaluating the winner, trial %s".formatted(best.trial().number()));
        winner =
            TrainStage.evaluate(config, RunGroup.alone(winner), true, command.console()).best();
      }
      return new Found(study, folder, winner, summary(study, folder, best.trial(), winner, notes));
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
            .filter(trial -> trial.error() != null)
            .findFirst()
            .map(trial -> "; trial %s: %s".formatted(trial.number(), trial.error()))
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
                search.written(),
                config.trialHash()));
    return config.name() + "-" + question.substring(0, 8);
  }

  private Dataset prepare(AlmanacConfig config) throws Exception {
    return command.stages().prepare(config, null, options, command.console());
  }

  /** A trial's share of the cores: more threads than cores in all would be many times slower. */
  private static int threads(AlmanacConfig config) {
    int share =
        Math.max(1, Runtime.getRuntime().availableProcessors() / config.search().parallel());
    return config.train().machine().threads() == 0
        ? share
        : Math.min(share, config.train().machine().threads());
  }

  private static Result summary(
      Study study, String folder, Trial best, Run winner, List<String> notes) {
    Result run = Summaries.withTest(Summaries.run(winner), winner);
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("trial", best.number());
    found.put("value", best.value());
    found.put("assignment", best.assignment());
    return new Result(
            run.json(),
            "Study:   %s%n%n%s%nThe best, trial %s:%n%n%s%s"
                .formatted(
                    folder,
                    Summaries.study(study, best),
                    best.number(),
                    run.text(),
                    notes.stream().map("%nNote: %s%n"::formatted).collect(joining())))
        .with("study", folder)
        .with("trials", study.trials().size())
        .with("best", found)
        .with("notes", notes);
  }

  /** The values of a trial as {@code --set} takes them, wider paths first. */
  static List<String> overrides(Map<String, JsonNode> assignment) {
    List<String> overrides = new ArrayList<>();
    assignment.entrySet().stream()
        .sorted(
            Comparator.comparingLong(
                value -> value.getKey().chars().filter(c -> c == '.' || c == '[').count()))
        .forEach(value -> overrides.add(value.getKey() + "=" + Json.line(value.getValue())));
    return overrides;
  }
}
