package dev.almanac.pipelines.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.pipelines.config.shape.Asked;
import dev.almanac.pipelines.config.shape.NamedShape;
import dev.almanac.pipelines.config.shape.Plain;
import dev.almanac.pipelines.config.shape.SectionShape;
import dev.almanac.pipelines.config.shape.StepKeys;
import dev.almanac.pipelines.config.shape.StepsShape;
import dev.almanac.pipelines.config.yaml.Section;
import dev.almanac.transforms.encode.FitSteps;
import dev.almanac.transforms.encode.Step;
import dev.almanac.transforms.encode.Steps;
import java.util.ArrayList;
import java.util.List;

/** Reads the {@code fit:} section. */
final class FitReader {
  private FitReader() {}

  static FitSteps read(Section root) {
    root.ask(() -> Keys.ALL);
    JsonNode section = root.node("fit");
    FitSteps fit =
        section.isMissingNode()
            ? FitSteps.DEFAULT
            : FitSteps.read(section, root.problems().at("fit"));
    ObjectNode canonical = root.canonical().putObject("fit");
    write(fit.numeric(), canonical.putArray("numeric"));
    write(fit.nominal(), canonical.putArray("nominal"));
    ObjectNode columns = canonical.putObject("columns");
    fit.columns().forEach((column, steps) -> write(steps, columns.putArray(column)));
    return fit;
  }

  /** What a reference says of the section; found when one is asked for. */
  private static final class Keys {
    static final List<Asked> ALL = List.copyOf(keys());
  }

  private static List<Asked> keys() {
    FitSteps usual = FitSteps.DEFAULT;
    List<Asked> keys = new ArrayList<>(List.of(new Asked("fit", new SectionShape(), null, false)));
    keys.addAll(
        StepKeys.of("fit.numeric", new StepsShape(), json(usual.numeric()), Steps.numeric(), false)
            .asked());
    keys.addAll(
        StepKeys.of("fit.nominal", new StepsShape(), json(usual.nominal()), Steps.nominal(), false)
            .asked());
    NamedShape columns = new NamedShape("COLUMN", "a section of names and patterns of columns");
    keys.add(new Asked("fit.columns", columns, null, false));
    Plain any = StepKeys.anyOf("fit/properties/numeric", "fit/properties/nominal");
    keys.add(new Asked("fit.columns.COLUMN", any, null, false));
    return keys;
  }

  private static ArrayNode json(List<? extends Step> steps) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    write(steps, array);
    return array;
  }

  private static void write(List<? extends Step> steps, ArrayNode array) {
    steps.forEach(step -> array.add(Steps.write(step)));
  }
}
