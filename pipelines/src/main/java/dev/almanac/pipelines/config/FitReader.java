package dev.almanac.pipelines.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.pipelines.config.yaml.Section;
import dev.almanac.transforms.encode.FitSteps;
import dev.almanac.transforms.encode.Step;
import dev.almanac.transforms.encode.Steps;
import java.util.List;

/** Reads the {@code fit:} section. */
final class FitReader {
  private FitReader() {}

  static FitSteps read(Section root) {
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

  private static void write(List<? extends Step> steps, ArrayNode array) {
    steps.forEach(step -> array.add(Steps.write(step)));
  }
}
