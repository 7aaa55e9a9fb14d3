package dev.almanac.training.graph;

import java.util.List;

/**
 * Named numbers of a model, the last dimension varying fastest.
 *
 * @param trained whether an optimizer moves it; what is not trained is a state of its layer, such
 *     as a running mean
 */
public record Parameter(String name, List<Integer> dimensions, Initial initial, boolean trained) {
  public Parameter {
    dimensions = List.copyOf(dimensions);
    size(dimensions);
  }

  /** How many numbers. */
  public int size() {
    return size(dimensions);
  }

  private static int size(List<Integer> dimensions) {
    return dimensions.stream().reduce(1, Math::multiplyExact);
  }
}
