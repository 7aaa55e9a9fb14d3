package dev.almanac.pipelines.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.pipelines.config.shape.StepKeys;
import dev.almanac.pipelines.config.shape.StepsShape;
import dev.almanac.pipelines.config.yaml.Section;
import dev.almanac.training.setting.Rule;
import dev.almanac.transforms.feature.Features;
import dev.almanac.transforms.feature.RowFeature;
import dev.almanac.transforms.problem.Problem;
import dev.almanac.transforms.problem.Problems;
import dev.almanac.transforms.schema.text.NumberForm;
import java.util.List;

/**
 * The row-wise steps, and how much of their cells they may fail to read: the {@code features:}
 * section, a list of steps or a mapping that holds the list as {@code steps}.
 *
 * @param path of the list of steps
 * @param maxUnreadable the largest share of a step's cells that it may make missing though they
 *     were there, 0 to 1
 */
public record FeaturesConfig(List<RowFeature> steps, String path, double maxUnreadable) {
  /** Some odd cells are told; a column written in another way than the step reads is an error. */
  public static final double MAX_UNREADABLE = 0.01;

  private static final String FEATURES = "features";
  private static final String STEPS = "steps";
  private static final String UNREADABLE = "max-unreadable";

  public FeaturesConfig {
    steps = List.copyOf(steps);
  }

  /**
   * @param numbers how the source writes numbers, and so the text that a step reads
   */
  static FeaturesConfig read(Section root, NumberForm numbers) {
    root.ask(() -> Keys.ALL.asked());
    JsonNode node = root.node(FEATURES);
    if (!node.isObject()) {
      FeaturesConfig config =
          new FeaturesConfig(
              steps(node, root.problems().at(FEATURES), numbers), FEATURES, MAX_UNREADABLE);
      root.canonical().set(FEATURES, config.list());
      return config;
    }
    Section section = root.section(FEATURES);
    double share = section.number(UNREADABLE, MAX_UNREADABLE, Rule.Decimal.PART);
    section.ask(STEPS, new StepsShape(), null);
    List<RowFeature> steps = steps(section.node(STEPS), section.problems().at(STEPS), numbers);
    section.close();
    FeaturesConfig config = new FeaturesConfig(steps, FEATURES + "." + STEPS, share);
    if (share == MAX_UNREADABLE) {
      root.canonical().set(FEATURES, config.list());
    } else {
      section.canonical().set(STEPS, config.list());
    }
    return config;
  }

  /** What a reference says of the section; found when one is asked for. */
  private static final class Keys {
    static final StepKeys ALL =
        StepKeys.of(
            FEATURES, new StepsShape(List.of(UNREADABLE), STEPS), null, Features.types(), true);
  }

  private static List<RowFeature> steps(JsonNode list, Problems problems, NumberForm numbers) {
    return list.isMissingNode()
        ? List.of()
        : Features.read(list, problems).stream().map(step -> step.reading(numbers)).toList();
  }

  /** Problems of a plan, those of steps where this config has them. */
  List<Problem> placed(List<Problem> problems) {
    String list = FEATURES + "[";
    return problems.stream()
        .map(
            problem ->
                problem.path().startsWith(list)
                    ? new Problem(
                        path + problem.path().substring(FEATURES.length()), problem.message())
                    : problem)
        .toList();
  }

  private ArrayNode list() {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    steps.forEach(step -> list.add(step.json()));
    return list;
  }

  /** Leaves of a canonical config's section what rows depend on: the steps. */
  static void keepSteps(ObjectNode config) {
    if (config.path(FEATURES).isObject()) {
      JsonNode steps = config.get(FEATURES).get(STEPS);
      config.set(FEATURES, steps == null ? JsonNodeFactory.instance.arrayNode() : steps);
    }
  }
}
