package dev.almanac.pipelines.track.optuna;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.search.Course;
import dev.almanac.training.search.ForeignStudy;
import dev.almanac.training.search.Order;
import dev.almanac.training.search.StudyConfig;
import dev.almanac.training.search.prune.Pruners;
import dev.almanac.training.search.trial.Epochs;
import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.RefusedException;
import java.util.ArrayList;
import java.util.List;

/** A study as Optuna's journal has it. */
public final class OptunaStudy {
  private static final String NAMES = "study:metric_names";

  private final String name;
  private final List<Integer> directions;
  private final List<OptunaTrial> trials = new ArrayList<>();
  private String metric = "value";

  private OptunaStudy(String name, List<Integer> directions) {
    this.name = name;
    this.directions = directions;
  }

  static OptunaStudy of(JsonNode op) {
    List<Integer> directions = new ArrayList<>();
    op.path("directions").forEach(direction -> directions.add(direction.asInt()));
    return new OptunaStudy(op.path("study_name").asText(), directions);
  }

  public String name() {
    return name;
  }

  List<OptunaTrial> trials() {
    return trials;
  }

  /** Of ours it is the metric; others may name what they optimize. */
  void attribute(JsonNode op) {
    JsonNode ours = op.path("user_attr").path("metric");
    JsonNode theirs = op.path("system_attr").path(NAMES).path(0);
    metric = ours.asText(theirs.asText(metric));
  }

  /** The same as a study of ours, whose values are compared by what Optuna optimized. */
  public ForeignStudy study() {
    if (directions.size() != 1) {
      throw new RefusedException(
          "Cannot import study %s: it must optimize one value (%s)"
              .formatted(name, directions.size()));
    }
    // Optuna's steps may begin at 0, epochs begin at 1.
    int first = trials.stream().mapToInt(OptunaTrial::firstStep).min().orElse(1);
    List<Trial> ended = new ArrayList<>();
    for (int number = 0; number < trials.size(); number++) {
      ended.add(trials.get(number).trial(number, first < 1 ? 1 - first : 0));
    }
    int epochs = ended.stream().mapToInt(Trial::reached).max().orElse(1);
    return new ForeignStudy(
        new StudyConfig(
            name,
            "optuna",
            0,
            metric,
            directions.get(0) == 2 ? Goal.MAXIMIZE : Goal.MINIMIZE,
            space(),
            Json.sha256(List.of("optuna", name)),
            new Course(
                Order.ASYNC,
                null,
                Pruners.none(),
                new Epochs("train.epochs", Math.max(1, epochs)))),
        ended);
  }

  /** Of every parameter that any trial has, as wide as in any of them. */
  private ObjectNode space() {
    ObjectNode space = JsonNodeFactory.instance.objectNode();
    for (OptunaTrial trial : trials) {
      trial
          .distributions()
          .forEach(
              (path, distribution) ->
                  space.set(path, distribution.domain((ObjectNode) space.get(path))));
    }
    return space;
  }
}
