package dev.almanac.benchmarks.figures;

import java.util.List;
import java.util.stream.IntStream;

/** The least, the middle and the greatest of some figures; of an even number the lower middle. */
public record Spread(double least, double median, double greatest) {

  /** Of one figure or more. */
  public static Spread of(List<Double> figures) {
    if (figures.isEmpty()) {
      throw new IllegalArgumentException("Cannot tell the spread of no figures");
    }
    List<Double> sorted = figures.stream().sorted().toList();
    return new Spread(
        sorted.get(0), sorted.get((sorted.size() - 1) / 2), sorted.get(sorted.size() - 1));
  }

  /** How many times {@code others} the figures are, pair by pair: runs of the same round. */
  public static Spread ofRatios(List<Double> figures, List<Double> others) {
    if (figures.size() != others.size()) {
      throw new IllegalArgumentException(
          "Cannot pair figures: there must be as many (%d and %d)"
              .formatted(figures.size(), others.size()));
    }
    return of(
        IntStream.range(0, figures.size()).mapToObj(i -> figures.get(i) / others.get(i)).toList());
  }

  /** The median, and least to greatest where they differ. */
  public String text(String format) {
    String middle = format.formatted(median);
    String low = format.formatted(least);
    String high = format.formatted(greatest);
    return low.equals(high) ? middle : "%s (%s-%s)".formatted(middle, low, high);
  }
}
