package dev.almanac.training.search.space;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One of these values, all equally likely, none nearer to another than to the rest. They may be
 * lists or objects.
 */
public record Choice(List<JsonNode> values) implements Domain {
  public Choice {
    values = Listed.check(values);
  }

  @Override
  public JsonNode at(double place) {
    return Listed.at(values, place);
  }

  @Override
  public List<JsonNode> grid() {
    return values;
  }

  @Override
  public List<JsonNode> listed() {
    return values;
  }

  @Override
  public List<JsonNode> bounds() {
    return values;
  }

  @Override
  public List<Axis> axes() {
    return List.of(Axis.categories(values.size()));
  }

  @Override
  public double[] coordinates(JsonNode value) {
    return Listed.coordinates(values, value);
  }

  @Override
  public JsonNode value(double... coordinates) {
    return values.get((int) coordinates[0]);
  }
}
