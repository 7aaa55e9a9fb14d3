package dev.almanac.transforms.analyze;

import dev.almanac.transforms.column.Column;
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

  /** The bin of each number of a column, see {@link #bin}; -1 where there is none. */
  public static int[] of(List<Double> edges, Column cells) {
    double[] lower = edges.stream().mapToDouble(Double::doubleValue).toArray();
    double[] numbers = cells.numbers();
    int[] bins = new int[numbers.length];
    for (int row = 0; row < bins.length; row++) {
      bins[row] = bin(lower, numbers[row]);
    }
    if (cells.nulls() > 0) {
      for (int row = 0; row < bins.length; row++) {
        bins[row] = cells.isNull(row) ? -1 : bins[row];
      }
    }
    return bins;
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
