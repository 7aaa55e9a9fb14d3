package dev.almanac.pipelines.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.pipelines.config.shape.Plain;
import dev.almanac.pipelines.config.yaml.Section;
import dev.almanac.training.config.AutoSpace;
import dev.almanac.training.config.TrainPlan;
import dev.almanac.training.objective.Task;
import dev.almanac.training.search.sample.Points;
import dev.almanac.training.search.sample.Samplers;
import dev.almanac.training.search.space.SearchException;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.space.SearchSpaceReader;
import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.setting.Rule;
import java.util.List;
import java.util.function.Function;

/**
 * What to try, and how: the {@code search:} section.
 *
 * @param name of the study, a folder in {@code studies} beside the runs; null to name it after the
 *     config and all that its trials depend on, so that a changed config begins a new one
 * @param metric of the validation split, such as {@code validation.mae}
 * @param space null when it has a problem
 * @param choice how the model is chosen among the trials
 */
public record SearchConfig(
    String name,
    String sampler,
    long seed,
    String metric,
    Goal goal,
    SearchSpace space,
    ConductConfig conduct,
    ChoiceConfig choice) {
  static final String TAKE_OVER = "take-over";

  private static final String SPLIT = "validation.";
  private static final List<String> NUMBER_METRICS = List.of("mae", "rmse", "r2");
  private static final List<String> CLASS_METRICS = List.of("accuracy", "auc", "log-loss");
  private static final List<String> HIGHER_IS_BETTER = List.of("r2", "accuracy", "auc");

  /** The names of the metrics of a task, its first being what a search looks at by default. */
  static List<String> metrics(Task task) {
    return task.isClassification() ? CLASS_METRICS : NUMBER_METRICS;
  }

  /**
   * Reads the section.
   *
   * @param plan of the section {@code train}; null when there is none
   * @param config the value that the rest of the config has at a path, defaults included; or null
   */
  static SearchConfig read(
      Section section, Task task, TrainPlan plan, Function<String, JsonNode> config) {
    section.ask(
        "name", Plain.ofText("letters, digits, '.', '_' and '-'", "^[A-Za-z0-9._-]+$"), null);
    String study = section.text("name", null);
    if (study != null && !study.matches("[\\p{Alnum}._-]+")) {
      section.problem(
          "name",
          "must be letters, digits, '.', '_' and '-': it names a folder (%s)".formatted(study));
    }
    String sampler = section.word("sampler", Samplers.AUTO, Samplers.names());
    ConductConfig conduct = ConductConfig.read(section, sampler);
    ChoiceConfig choice = ChoiceConfig.read(section);
    long seed = section.integer("seed", 42L, Long.MIN_VALUE, Long.MAX_VALUE);
    List<String> metrics = metrics(task).stream().map(SPLIT::concat).toList();
    section.ask("metric", new Rule.Word(metrics), metrics.get(0));
    String metric = section.text("metric", metrics.get(0));
    if (!metrics.contains(metric)) {
      section.problem(
          "metric",
          metric.startsWith("test.")
              ? "must not look at the test split, which is read once, for the winner (%s; one of %s)"
                  .formatted(metric, String.join(", ", metrics))
              : "must be one of %s for task %s (%s)"
                  .formatted(String.join(", ", metrics), task.text(), metric));
    }
    Goal usual =
        HIGHER_IS_BETTER.stream().anyMatch(better -> metric.equals(SPLIT + better))
            ? Goal.MAXIMIZE
            : Goal.MINIMIZE;
    section.ask("goal", new Rule.Word(List.of("minimize", "maximize")), null);
    String goal = section.word("goal", usual.text(), List.of("minimize", "maximize"));
    if (metrics.contains(metric) && !goal.equals(usual.text())) {
      section.problem(
          "goal", "must be %s, which is better for %s (%s)".formatted(usual.text(), metric, goal));
    }
    section.ask(SpaceKeys::asked);
    JsonNode written =
        section.node(
            "space", "auto, or what to vary, such as {train.batch-size: {choice: [512, 1024]}}");
    boolean isAuto = written.isTextual() && written.textValue().equals(AutoSpace.WORD);
    if (isAuto && plan != null) {
      written = new AutoSpace(plan, metric).space();
      section.canonical().set("space", written);
    }
    if (written.has(SearchSpaceReader.RULES)) {
      section.problem("space", "has no `rules`: they stand beside it, in search.rules");
    }
    List<String> rules = section.texts("rules", List.of());
    if (!rules.isEmpty() && written.isObject()) {
      // Rules are part of what a study asks, as the space is.
      ObjectNode ruled = written.deepCopy();
      rules.forEach(ruled.putArray(SearchSpaceReader.RULES)::add);
      written = ruled;
      section.canonical().set("space", written);
    }
    SearchSpace space =
        written.isMissingNode()
            ? null
            : SearchSpaceReader.read(written, config, section.problems().at("space"));
    JsonNode points = SearchPoints.ask(section);
    if (points.isMissingNode()
        && space != null
        && !isAuto
        && learns(sampler, usual, space, conduct)) {
      points = section.canonical().putArray(SearchPoints.KEY).add(SearchPoints.DEFAULT);
    }
    section.texts(TAKE_OVER, List.of());
    section.close();
    if (space != null) {
      try {
        new SearchPoints(new Points(space, seed), config).read(points);
      } catch (SearchException e) {
        section.problem(SearchPoints.KEY, e.getMessage());
      }
    }
    if (space != null && Samplers.names().contains(sampler)) {
      try {
        Samplers.of(sampler, usual).trials(space);
      } catch (SearchException e) {
        section.problem("space", e.getMessage());
      }
    }
    return new SearchConfig(study, sampler, seed, metric, usual, space, conduct, choice);
  }

  private static boolean learns(
      String sampler, Goal goal, SearchSpace space, ConductConfig conduct) {
    return Samplers.names().contains(sampler)
        && Samplers.of(sampler, goal).choice(space, conduct.budget().trials(), List.of()).learns();
  }
}
