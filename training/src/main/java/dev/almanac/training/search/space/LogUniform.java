package dev.almanac.training.search.space;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import java.util.List;
import java.util.stream.IntStream;

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
    Steps.require(steps);
    return IntStream.range(0, steps)
        .mapToObj(
            step ->
                step == steps - 1 && steps > 1
                    ? high
                    : value((double) step / Math.max(1, steps - 1)))
        .distinct()
        .<JsonNode>map(DoubleNode::valueOf)
        .toList();
  }

  @Override
  public List<JsonNode> bounds() {
    return List.of(DoubleNode.valueOf(low), DoubleNode.valueOf(high));
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
