package dev.almanac.training.search.space;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** One of these values, all equally likely. They may be lists or objects. */
public record Choice(List<JsonNode> values) implements Domain {
  public Choice {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new SearchException("Cannot choose: a choice has at least one value (none given)");
    }
    if (values.stream().distinct().count() != values.size()) {
      throw new SearchException("Cannot choose: no value stands twice (%s)".formatted(values));
    }
  }

  @Override
  public JsonNode at(double place) {
    return values.get((int) (place * values.size()));
  }

  @Override
  public List<JsonNode> grid() {
    return values;
  }

  @Override
  public List<JsonNode> bounds() {
    return values;
  }
}
