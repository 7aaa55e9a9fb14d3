package dev.almanac.training.search.space;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The values that one parameter may take. */
public sealed interface Domain
    permits Choice, Ordinal, IntRange, LogInt, FloatRange, LogUniform, OrZero {
  /**
   * The value at a place of the domain: a place drawn evenly gives the domain's distribution.
   *
   * @param place from 0, inclusive, to 1, exclusive
   */
  JsonNode at(double place);

  /**
   * The values that a grid tries, none twice.
   *
   * @throws SearchException when the domain is endless and no {@code steps} were given
   */
  List<JsonNode> grid();

  /** Values between which every other value lies; all of them when the domain has no order. */
  List<JsonNode> bounds();

  /** All values where they are few enough to be named, as in a list or a small range; or none. */
  default List<JsonNode> listed() {
    return List.of();
  }

  /** Whether the value is one of the domain's. */
  default boolean contains(JsonNode value) {
    return coordinates(value) != null;
  }

  /**
   * The axes on which a sampler that learns moves: one, or a category and, under its second, a
   * line.
   */
  List<Axis> axes();

  /**
   * Where a value lies on each of the axes; NaN on one that does not exist for it; null when it is
   * not the domain's.
   */
  double[] coordinates(JsonNode value);

  /** The value at these coordinates, of which there is one for each axis. */
  JsonNode value(double... coordinates);
}
