package dev.almanac.training.search.space;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A number from {@code low} to {@code high}, uniformly distributed.
 *
 * @param steps how many values a grid tries, evenly spread from end to end; 0 when only sampled
 */
public record FloatRange(double low, double high, int steps) implements Domain {
  public FloatRange {
    if (!(low <= high) || !Double.isFinite(high - low)) {
      throw new SearchException(
          "Cannot search numbers: the low end is at most the high end, both finite ([%s, %s])"
              .formatted(low, high));
    }
    Steps.check(steps);
  }

  @Override
  public JsonNode at(double place) {
    return DoubleNode.valueOf(Math.min(high, low + place * (high - low)));
  }

  @Override
  public List<JsonNode> grid() {
    Steps.require(steps);
    return IntStream.range(0, steps)
        .mapToObj(
            step ->
                step == steps - 1 && steps > 1
                    ? high
                    : low + (high - low) * step / Math.max(1, steps - 1))
        .distinct()
        .<JsonNode>map(DoubleNode::valueOf)
        .toList();
  }

  @Override
  public List<JsonNode> bounds() {
    return List.of(DoubleNode.valueOf(low), DoubleNode.valueOf(high));
  }
}
