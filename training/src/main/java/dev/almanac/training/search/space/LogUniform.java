package dev.almanac.training.search.space;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A number from {@code low} to {@code high} whose logarithm is uniformly distributed.
 *
 * <p>Logarithms are {@link StrictMath}'s, so that every JDK on every machine draws the same number.
 *
 * @param steps how many values a grid tries, each the same multiple of the one before; 0 when only
 *     sampled
 */
public record LogUniform(double low, double high, int steps) implements Domain {
  public LogUniform {
    if (!(low > 0 && low <= high) || !Double.isFinite(high)) {
      throw new SearchException(
          "Cannot search on a logarithmic scale: 0 < low end <= high end, both finite ([%s, %s])"
              .formatted(low, high));
    }
    Steps.check(steps);
  }

  @Override
  public JsonNode at(double place) {
    return DoubleNode.valueOf(value(place));
  }

  @Override
  public List<JsonNode> grid() {
    return Steps.of(steps, 0)
        .map(fraction -> fraction == 1 ? high : value(fraction))
        .distinct()
        .<JsonNode>mapToObj(DoubleNode::valueOf)
        .toList();
  }

  @Override
  public List<JsonNode> bounds() {
    return DoubleStream.of(low, high).distinct().<JsonNode>mapToObj(DoubleNode::valueOf).toList();
  }

  @Override
  public List<Axis> axes() {
    return List.of(axis());
  }

  @Override
  public double[] coordinates(JsonNode value) {
    return Numbers.on(axis(), value);
  }

  @Override
  public JsonNode value(double... coordinates) {
    return DoubleNode.valueOf(coordinates[0]);
  }

  private Axis axis() {
    return Axis.log(low, high, 0);
  }

  private double value(double place) {
    if (place == 0) {
      return low;
    }
    double from = StrictMath.log(low);
    double value = StrictMath.exp(from + place * (StrictMath.log(high) - from));
    return Math.max(low, Math.min(high, value));
  }
}
