package dev.almanac.training.search.prune;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.search.trial.Epochs;
import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.setting.Choices;
import dev.almanac.training.setting.Form;
import dev.almanac.training.setting.Kind;
import dev.almanac.training.setting.Settings;
import java.util.List;

/** The ways of ending trials early that there are. */
public final class Pruners {
  /** A new one is one file and one name here. */
  private static final Choices<Kind<Making>> ALL =
      new Choices<>(
          "name",
          NoPruner.KIND.name(),
          List.of(
              NoPruner.KIND,
              Percentile.MEDIAN,
              Percentile.KIND,
              Patience.KIND,
              Asha.KIND,
              Hyperband.KIND));

  /** The section of a config that chooses one. */
  public static final Form FORM = Form.of(ALL);

  /** The key of what a pruner counts in; one that has none counts in epochs. */
  public static final String RESOURCE = Asha.RESOURCE.key();

  private Pruners() {}

  /**
   * What is still to be known when the settings are: which values are better, and how long trials
   * are.
   */
  @FunctionalInterface
  interface Making {
    Pruner of(Goal goal, Epochs epochs);
  }

  public static List<String> names() {
    return ALL.names();
  }

  /** The settings of the pruner that ends nothing. */
  public static JsonNode none() {
    return ALL.usually().values();
  }

  /** The pruner of a section that {@link #FORM} has read. */
  public static Pruner of(JsonNode section, Goal goal, Epochs epochs) {
    Settings chosen = new Settings((ObjectNode) section);
    return ALL.chosen(chosen).make(chosen).of(goal, epochs);
  }
}
