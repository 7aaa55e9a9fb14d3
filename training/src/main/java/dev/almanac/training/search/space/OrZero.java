package dev.almanac.training.search.space;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Zero, or a number of a range that does not hold it: a thing that is off, or on by so much. Each
 * half of all draws.
 */
public record OrZero(Domain range) implements Domain {
  public OrZero {
    if (range.axes().size() != 1 || range.axes().get(0).isCategorical()) {
      throw new SearchException("Cannot search zero or a range: `or-zero` goes with a range");
    }
    if (range.contains(Numbers.node(0))) {
      throw new SearchException(
          "Cannot search zero or a range: the range does not hold 0 itself (%s)"
              .formatted(range.bounds()));
    }
  }

  /** Zero as the range's own numbers are written: 0 beside integers, 0.0 beside others. */
  private JsonNode zero() {
    return range.bounds().get(0).isIntegralNumber() ? Numbers.node(0) : DoubleNode.valueOf(0);
  }

  @Override
  public JsonNode at(double place) {
    return place < 0.5 ? zero() : range.at((place - 0.5) * 2);
  }

  @Override
  public List<JsonNode> grid() {
    return withZero(range.grid());
  }

  @Override
  public List<JsonNode> bounds() {
    return withZero(range.bounds());
  }

  @Override
  public List<Axis> axes() {
    return List.of(Axis.categories(2), range.axes().get(0));
  }

  @Override
  public double[] coordinates(JsonNode value) {
    if (Numbers.same(zero(), value)) {
      return new double[] {0, Double.NaN};
    }
    double[] inside = range.coordinates(value);
    return inside == null ? null : new double[] {1, inside[0]};
  }

  @Override
  public JsonNode value(double... coordinates) {
    return coordinates[0] == 0 ? zero() : range.value(coordinates[1]);
  }

  private List<JsonNode> withZero(List<JsonNode> others) {
    List<JsonNode> all = new ArrayList<>();
    all.add(zero());
    all.addAll(others);
    return all;
  }
}
