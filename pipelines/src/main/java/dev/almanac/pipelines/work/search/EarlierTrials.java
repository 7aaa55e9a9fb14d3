package dev.almanac.pipelines.work.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.ConfigValues;
import dev.almanac.pipelines.track.study.TrialRun;
import dev.almanac.pipelines.work.ConfigFile;
import dev.almanac.training.run.ConfigDifference;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.RunStore;
import dev.almanac.training.search.StudyRecord;
import dev.almanac.training.search.space.Parameter;
import dev.almanac.training.search.space.SearchException;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.trial.Epochs;
import dev.almanac.training.search.trial.Given;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finished runs of before that a search takes over as trials: runs that its config would have made,
 * with values of its space, of the same data.
 *
 * @param trainings of the search
 */
record EarlierTrials(Trainings trainings) {
  /** What a run's worth does not hang on, or by chance alone. */
  private static final Set<String> INDIFFERENT =
      Set.of("train.threads", "train.repeats", "train.seed");

  /** Differences that a message shows. */
  private static final int SHOWN = 3;

  /**
   * Those that the config names, in its order. A run named by its id is refused when it does not
   * fit; of a study, trials that do not are left out, and said.
   *
   * @param known trials of the search so far: what they took over is not looked for again
   * @throws SearchException when there is no such study or run, or the run does not fit
   */
  List<Given> given(List<Trial> known) throws Exception {
    String own = Storage.resolve(config().studies(), trainings.plan().name());
    Map<String, Given> taken = new LinkedHashMap<>();
    for (String name : config().takeOver()) {
      String study = Storage.resolve(config().studies(), name);
      if (study.equals(own)) {
        throw new SearchException(
            "Cannot take over '%s': it is this search's own study".formatted(name));
      }
      if (StudyRecord.isThere(study)) {
        for (Trial trial : StudyRecord.read(study).ranked()) {
          takeOf(study, trial, taken);
        }
      } else if (known.stream().noneMatch(trial -> trial.origin().equals(origin(name)))) {
        Given given = given(run(name));
        taken.putIfAbsent(given.runId(), given);
      }
    }
    return List.copyOf(taken.values());
  }

  private void takeOf(String study, Trial trial, Map<String, Given> taken) throws Exception {
    try {
      Run run = Run.open(Storage.resolve(config().runs(), String.valueOf(trial.runId())));
      taken.putIfAbsent(trial.runId(), given(run));
    } catch (SearchException | IOException unfit) {
      trainings
          .watch()
          .line(
              "trial %s of %s is not taken over: %s"
                  .formatted(trial.number(), study, unfit.getMessage()));
    }
  }

  private Run run(String name) throws IOException {
    try {
      return new RunStore(config().runs()).open(name);
    } catch (IOException none) {
      throw new SearchException(
          "Cannot take over '%s': it is neither a study of %s nor a run that can be read (%s)"
              .formatted(name, config().studies(), none.getMessage()));
    }
  }

  private Given given(Run run) throws Exception {
    String id = run.record().runId();
    TrialRun made = new TrialRun(run, config().search().metric(), counted());
    if (run.record().status() != RunStatus.FINISHED || made.value() == null) {
      throw new SearchException(
          "Cannot take over run %s: it has finished and has %s (it is %s)"
              .formatted(id, config().search().metric(), run.record().status().text()));
    }
    JsonNode settings = run.record().config();
    if (settings == null) {
      throw new SearchException(
          "Cannot take over run %s: it does not say its config".formatted(id));
    }
    Map<String, JsonNode> values = values(id, new ConfigValues(settings));
    AlmanacConfig same = trainings.file().with(ConfigFile.settings(values)).read(Search.NEEDS);
    checkSettings(run, same);
    checkData(run, same);
    return new Given(origin(id), values, made.value(), made.reports(), id);
  }

  /** What the run has of the search's space. */
  private Map<String, JsonNode> values(String id, ConfigValues settings) {
    SearchSpace space = config().search().space();
    Map<String, JsonNode> values = new LinkedHashMap<>();
    for (Parameter parameter : space.parameters()) {
      if (parameter.exists(values)) {
        JsonNode value = settings.at(parameter.path());
        double[] place = value == null ? null : parameter.domain().coordinates(value);
        if (place == null) {
          throw new SearchException(
              "Cannot take over run %s: the space has not its %s (%s)"
                  .formatted(id, parameter.path(), value == null ? "absent" : Json.line(value)));
        }
        values.put(parameter.path(), parameter.domain().value(place));
      }
    }
    space
        .broken(values)
        .ifPresent(
            rule -> {
              throw new SearchException(
                  "Cannot take over run %s: it breaks rule '%s'".formatted(id, rule.text()));
            });
    return values;
  }

  private void checkSettings(Run run, AlmanacConfig same) throws IOException {
    List<String> differences = new ArrayList<>();
    for (ConfigDifference each : ConfigDifference.of(run.record().config(), same.canonical())) {
      if (!INDIFFERENT.contains(each.path())) {
        differences.add(each.toString());
      }
    }
    if (!differences.isEmpty()) {
      throw new SearchException(
          "Cannot take over run %s: beside the space it has settings that are not the search's (%s)"
              .formatted(
                  run.record().runId(),
                  differences.stream().limit(SHOWN).collect(Collectors.joining(", "))));
    }
  }

  private void checkData(Run run, AlmanacConfig same) throws Exception {
    String folder = trainings.datasets().folder(same);
    String hash = DatasetManifest.read(folder).hash();
    if (!hash.equals(run.record().dataset().hash())) {
      throw new SearchException(
          "Cannot take over run %s: its data, of %s, are not those of %s"
              .formatted(run.record().runId(), run.record().dataset().path(), folder));
    }
  }

  private Epochs counted() throws Exception {
    return trainings.plan().question().course().epochs();
  }

  private AlmanacConfig config() {
    return trainings.config();
  }

  private static String origin(String run) {
    return Trial.TAKEN_OVER + run;
  }
}
