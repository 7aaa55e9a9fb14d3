package dev.almanac.training.search.space;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The values that one parameter may take. */
public sealed interface Domain permits Choice, IntRange, FloatRange, LogUniform {
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
}
