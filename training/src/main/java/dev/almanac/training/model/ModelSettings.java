package dev.almanac.training.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.graph.Graph;
import dev.almanac.training.setting.Settings;
import dev.almanac.transforms.problem.Problems;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The choices made for one model: every setting of its family has a value that fits.
 *
 * @param values of the {@code model:} section, the family's name first
 */
public record ModelSettings(Settings values) {
  /**
   * Reads a {@code model:} section.
   *
   * @param problems takes every key that is unknown and every value that does not fit; what is
   *     returned is complete all the same
   */
  public static ModelSettings read(JsonNode section, Problems problems) {
    int before = problems.count();
    ModelSettings settings =
        new ModelSettings(ModelFamilies.FORM.read(section, Set.of(), problems));
    if (problems.count() == before) {
      settings.check(problems);
    }
    return settings;
  }

  /** Refuses settings whose least model has more weights than one array holds. */
  public void check(Problems problems) {
    try {
      build(new ModelShape(1, List.of(), 1));
    } catch (ArithmeticException overflow) {
      problems.add(
          String.format(
              Locale.ROOT,
              "must make a model of at most %,d weights (%s of these settings has more, whatever the columns); make its layers smaller",
              Integer.MAX_VALUE,
              family()));
    }
  }

  /** The family's name. */
  public String family() {
    return ModelFamilies.ALL.chosen(values).name();
  }

  /** What was chosen beside the family. */
  public ObjectNode chosen() {
    return values.values().deepCopy().without(ModelFamilies.ALL.key());
  }

  /** The layers of a model. */
  public Graph build(ModelShape shape) {
    return ModelFamilies.ALL.chosen(values).build(shape, values);
  }
}
