package dev.almanac.training.search.space;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.LongStream;

/**
 * An integer from {@code low} to {@code high}, both included, all equally likely.
 *
 * @param high lowered, if need be, to the last integer that {@code every} reaches
 * @param every from one integer to the next, counted from {@code low}
 * @param steps how many values a grid tries, evenly spread from end to end; 0 for all of them when
 *     {@code every} is more than 1, or for none
 */
public record IntRange(long low, long high, long every, int steps) implements Domain {
  /** Up to here every integer is a double. */
  static final long LIMIT = 1L << 52;

  /** So many integers a person might name one by one. */
  private static final int NAMED = 100;

  public IntRange {
    if (low > high || low < -LIMIT || high > LIMIT) {
      throw new SearchException(
          "Cannot search integers: the low end is at most the high end, both within 2^52 of 0 ([%s, %s])"
              .formatted(low, high));
    }
    if (every < 1) {
      throw new SearchException(
          "Cannot search integers: `every` is 1 or more (%s)".formatted(every));
    }
    high = low + (high - low) / every * every;
    Steps.check(steps);
  }

  public IntRange(long low, long high, int steps) {
    this(low, high, 1, steps);
  }

  @Override
  public JsonNode at(double place) {
    return node((long) Math.floor(place * (last() + 1.0)));
  }

  @Override
  public List<JsonNode> grid() {
    long last = last();
    return Steps.of(steps, every == 1 ? 0 : last + 1)
        .mapToLong(fraction -> Math.round(last * fraction))
        .distinct()
        .mapToObj(this::node)
        .toList();
  }

  @Override
  public List<JsonNode> listed() {
    return last() < NAMED
        ? LongStream.rangeClosed(0, last()).mapToObj(this::node).toList()
        : List.of();
  }

  @Override
  public List<JsonNode> bounds() {
    return LongStream.of(0, last()).distinct().mapToObj(this::node).toList();
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
    return Axis.line(low, high, every);
  }

  private long last() {
    return (high - low) / every;
  }

  private JsonNode node(long step) {
    return Numbers.node(Math.min(high, low + step * every));
  }
}
