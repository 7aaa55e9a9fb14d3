package dev.almanac.training.search.space;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.LongStream;

/**
 * One of these values, all equally likely, in an order: a sampler that learns takes neighbours for
 * alike.
 */
public record Ordinal(List<JsonNode> values) implements Domain {
  public Ordinal {
    values = Listed.check(values);
  }

  /** The powers of two from one to another. */
  static Ordinal powersOfTwo(long low, long high) {
    if (low < 1 || low > high || Long.bitCount(low) != 1 || Long.bitCount(high) != 1) {
      throw new SearchException(
          "Cannot search powers of two: both ends are powers of two, the low one first ([%s, %s])"
              .formatted(low, high));
    }
    int first = Long.numberOfTrailingZeros(low);
    int last = Long.numberOfTrailingZeros(high);
    return new Ordinal(
        LongStream.rangeClosed(first, last).mapToObj(power -> Numbers.node(1L << power)).toList());
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
    return List.of(Axis.line(0, values.size() - 1.0, 1));
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
