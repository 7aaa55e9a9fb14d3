package dev.almanac.training.search.space;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.util.List;
import java.util.stream.LongStream;

/**
 * An integer from {@code low} to {@code high}, both included, all equally likely.
 *
 * @param steps how many values a grid tries, evenly spread from end to end and rounded; 0 when only
 *     sampled
 */
public record IntRange(long low, long high, int steps) implements Domain {
  /** Up to here every integer is a double. */
  private static final long LIMIT = 1L << 52;

  public IntRange {
    if (low > high || low < -LIMIT || high > LIMIT) {
      throw new SearchException(
          "Cannot search integers: the low end is at most the high end, both within 2^52 of 0 ([%s, %s])"
              .formatted(low, high));
    }
    Steps.check(steps);
  }

  @Override
  public JsonNode at(double place) {
    return node(Math.min(high, low + (long) Math.floor(place * (high - low + 1.0))));
  }

  @Override
  public List<JsonNode> grid() {
    Steps.require(steps);
    return LongStream.range(0, steps)
        .map(
            step -> steps == 1 ? low : low + Math.round((double) (high - low) * step / (steps - 1)))
        .distinct()
        .mapToObj(IntRange::node)
        .toList();
  }

  @Override
  public List<JsonNode> bounds() {
    return List.of(node(low), node(high));
  }

  /** The node that a JSON reader makes of this number, so that values survive a file as equals. */
  private static JsonNode node(long value) {
    return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
  }
}
