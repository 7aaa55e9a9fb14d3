package dev.almanac.training.search.space;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.LongStream;

/**
 * An integer from {@code low} to {@code high}, both included, whose logarithm is uniformly
 * distributed: each integer is as likely as its share of the line from {@code log(low - 0.5)} to
 * {@code log(high + 0.5)}.
 *
 * @param steps how many values a grid tries, each about the same multiple of the one before; 0 when
 *     only sampled
 */
public record LogInt(long low, long high, int steps) implements Domain {
  public LogInt {
    if (low < 1 || low > high || high > IntRange.LIMIT) {
      throw new SearchException(
          "Cannot search integers on a logarithmic scale: 1 <= low end <= high end <= 2^52 ([%s, %s])"
              .formatted(low, high));
    }
    Steps.check(steps);
  }

  @Override
  public JsonNode at(double place) {
    Axis axis = axis();
    return value(axis.coordinate(axis.from() + place * (axis.until() - axis.from())));
  }

  @Override
  public List<JsonNode> grid() {
    double from = StrictMath.log(low);
    double width = StrictMath.log(high) - from;
    return Steps.of(steps, 0)
        .mapToLong(
            fraction ->
                Math.max(low, Math.min(high, Math.round(StrictMath.exp(from + fraction * width)))))
        .distinct()
        .mapToObj(Numbers::node)
        .toList();
  }

  @Override
  public List<JsonNode> bounds() {
    return LongStream.of(low, high).distinct().mapToObj(Numbers::node).toList();
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
    return Numbers.node((long) coordinates[0]);
  }

  private Axis axis() {
    return Axis.log(low, high, 1);
  }
}
