package dev.almanac.training.search.space;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A number from {@code low} to {@code high}, uniformly distributed.
 *
 * @param high lowered, if need be, to the last number that {@code every} reaches
 * @param every from one number to the next, counted from {@code low} in decimals, all equally
 *     likely; 0 when every number between the ends is one
 * @param steps how many values a grid tries, evenly spread from end to end; 0 for all of them when
 *     there is an {@code every}, or for none
 */
public record FloatRange(double low, double high, double every, int steps) implements Domain {
  public FloatRange {
    if (!(low <= high) || !Double.isFinite(high - low)) {
      throw new SearchException(
          "Cannot search numbers: the low end is at most the high end, both finite ([%s, %s])"
              .formatted(low, high));
    }
    if (!(every >= 0) || !Double.isFinite(every)) {
      throw new SearchException(
          "Cannot search numbers: `every` is more than 0 (%s)".formatted(every));
    }
    if (every > 0) {
      if ((high - low) / every > IntRange.LIMIT) {
        throw new SearchException(
            "Cannot search numbers: `every` makes at most 2^52 of them (%s)".formatted(every));
      }
      high = decimal(low, last(low, high, every), every);
    }
    Steps.check(steps);
  }

  public FloatRange(double low, double high, int steps) {
    this(low, high, 0, steps);
  }

  @Override
  public JsonNode at(double place) {
    if (every > 0) {
      return DoubleNode.valueOf(
          decimal(low, (long) (place * (last(low, high, every) + 1.0)), every));
    }
    return DoubleNode.valueOf(Math.min(high, low + place * (high - low)));
  }

  @Override
  public List<JsonNode> grid() {
    if (every > 0) {
      long last = last(low, high, every);
      return Steps.of(steps, last + 1)
          .mapToLong(fraction -> Math.round(last * fraction))
          .distinct()
          .<JsonNode>mapToObj(step -> DoubleNode.valueOf(decimal(low, step, every)))
          .toList();
    }
    return Steps.of(steps, 0)
        .map(fraction -> fraction == 1 ? high : low + (high - low) * fraction)
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
    double value = coordinates[0];
    return DoubleNode.valueOf(
        every > 0 ? decimal(low, Math.round((value - low) / every), every) : value);
  }

  private Axis axis() {
    return Axis.line(low, high, every);
  }

  private static long last(double low, double high, double every) {
    return BigDecimal.valueOf(high)
        .subtract(BigDecimal.valueOf(low))
        .divideToIntegralValue(BigDecimal.valueOf(every))
        .longValue();
  }

  /** As a person would add it up: 0.1 and twice 0.1 is 0.3. */
  private static double decimal(double low, long step, double every) {
    return BigDecimal.valueOf(every)
        .multiply(BigDecimal.valueOf(step))
        .add(BigDecimal.valueOf(low))
        .doubleValue();
  }
}
