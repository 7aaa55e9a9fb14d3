package dev.almanac.transforms.analyze;

import java.io.Serializable;
import java.util.List;

/**
 * Counts of a column's values in bins that cut the numbers from minus infinity to infinity.
 *
 * @param edges between bins, strictly rising; an edge belongs to the bin above it
 * @param counts of the bins, the lowest first; one more than there are edges
 */
public record Bins(List<Double> edges, List<Long> counts) implements Serializable {
  public Bins {
    edges = List.copyOf(edges);
    counts = List.copyOf(counts);
    if (counts.size() != edges.size() + 1) {
      throw new IllegalArgumentException(
          "Cannot count in bins: %s edges cut %s bins (%s counts)"
              .formatted(edges.size(), edges.size() + 1, counts.size()));
    }
  }

  /** The bin that a value lies in: as many as there are edges at or below it. */
  public static int bin(double[] edges, double value) {
    int from = 0;
    int until = edges.length;
    while (from < until) {
      int middle = (from + until) >>> 1;
      if (edges[middle] <= value) {
        from = middle + 1;
      } else {
        until = middle;
      }
    }
    return from;
  }
}
