package dev.almanac.training.search.space;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The values of a domain that lists them. */
final class Listed {
  private Listed() {}

  static List<JsonNode> check(List<JsonNode> values) {
    if (values.isEmpty()) {
      throw new SearchException("Cannot choose: a choice has at least one value (none given)");
    }
    for (int i = 0; i < values.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (Numbers.same(values.get(i), values.get(j))) {
          throw new SearchException("Cannot choose: no value stands twice (%s)".formatted(values));
        }
      }
    }
    return List.copyOf(values);
  }

  static JsonNode at(List<JsonNode> values, double place) {
    return values.get((int) (place * values.size()));
  }

  static double[] coordinates(List<JsonNode> values, JsonNode value) {
    for (int i = 0; i < values.size(); i++) {
      if (Numbers.same(values.get(i), value)) {
        return new double[] {i};
      }
    }
    return null;
  }
}
