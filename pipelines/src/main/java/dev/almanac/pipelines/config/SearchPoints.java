package dev.almanac.pipelines.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.config.shape.PointsShape;
import dev.almanac.pipelines.config.yaml.Section;
import dev.almanac.training.search.sample.Points;
import dev.almanac.training.search.space.SearchException;
import dev.almanac.training.search.trial.Given;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a search tries first: the key {@code search.points}, a list of sections of paths and values,
 * or of the word {@code default} for the config's own values.
 *
 * @param config the value that the rest of the config has at a path, or null
 */
record SearchPoints(Points points, Function<String, JsonNode> config) {
  static final String KEY = "points";
  static final String DEFAULT = "default";

  /** Asks for the key, and reports what is wrong with its points. */
  static JsonNode ask(Section section) {
    section.ask(KEY, new PointsShape(DEFAULT), null);
    return section.node(KEY);
  }

  /**
   * The points, in their order; of equals, the first.
   *
   * @param written the key's value; missing when it is not there
   * @throws SearchException saying which point is wrong, and how
   */
  List<Given> read(JsonNode written) {
    if (!written.isMissingNode() && !written.isArray()) {
      throw new SearchException(
          "Cannot try points: they are a list of sections, or of the word default (%s)"
              .formatted(written));
    }
    List<Given> given = new ArrayList<>();
    for (JsonNode point : written) {
      if (point.isTextual() && point.textValue().equals(DEFAULT)) {
        points.standing(config).ifPresent(values -> given.add(Given.of(DEFAULT, values)));
      } else if (point.isObject()) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        point.fields().forEachRemaining(each -> values.put(each.getKey(), each.getValue()));
        given.add(Given.of("given", points.complete(values, given.size())));
      } else {
        throw new SearchException(
            "Cannot try a point: it is a section of paths and values, or the word default (%s)"
                .formatted(point));
      }
    }
    return List.copyOf(new LinkedHashMap<>(byValues(given)).values());
  }

  private static Map<Map<String, JsonNode>, Given> byValues(List<Given> given) {
    Map<Map<String, JsonNode>, Given> distinct = new LinkedHashMap<>();
    given.forEach(each -> distinct.putIfAbsent(each.assignment(), each));
    return distinct;
  }
}
