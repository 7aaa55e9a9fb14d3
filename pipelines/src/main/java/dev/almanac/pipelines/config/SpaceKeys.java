package dev.almanac.pipelines.config;

import dev.almanac.pipelines.config.shape.Asked;
import dev.almanac.pipelines.config.shape.DomainShape;
import dev.almanac.pipelines.config.shape.NamedShape;
import dev.almanac.pipelines.config.shape.Plain;
import dev.almanac.pipelines.config.shape.SpaceShape;
import dev.almanac.training.config.AutoSpace;
import dev.almanac.training.search.space.SearchSpaceReader;
import dev.almanac.training.setting.Rule;
import dev.almanac.training.setting.Shape;
import java.util.ArrayList;
import java.util.List;

/** The keys of {@code search.space}. */
final class SpaceKeys {
  private static final String PATH = "space.PATH";

  private SpaceKeys() {}

  static List<Asked> asked() {
    List<Asked> keys = new ArrayList<>();
    keys.add(
        new Asked(
            "space",
            new SpaceShape(
                AutoSpace.WORD, new NamedShape("PATH", "a section of paths of this config")),
            null,
            true));
    List<String> domains = SearchSpaceReader.domains();
    keys.add(new Asked(PATH, new DomainShape(domains), null, false));
    domains.forEach(key -> keys.add(new Asked(PATH + "." + key, domain(key), null, false)));
    SearchSpaceReader.keys().stream()
        .filter(key -> !domains.contains(key))
        .forEach(key -> keys.add(new Asked(PATH + "." + key, beside(key), null, false)));
    return keys;
  }

  private static Shape domain(String key) {
    return switch (key) {
      case "choice", "ordinal", "boolean" -> Plain.ofValues();
      case "constant" -> Plain.ofAny();
      case "int", "log-int", "power-of-two" -> Plain.ofEnds("integer");
      default -> Plain.ofEnds("number");
    };
  }

  private static Shape beside(String key) {
    return switch (key) {
      case "steps" -> new Rule.Whole(1, Integer.MAX_VALUE);
      case "every" -> new Rule.Decimal(0, Double.MAX_VALUE, "above 0");
      case "or-zero" -> new Rule.Flag();
      case "under" ->
          new NamedShape(
              "VALUE", "a section of values, each with a section of paths like this one");
      default ->
          new NamedShape("PATH", "a section of other paths, each with a value or a list of them");
    };
  }
}
