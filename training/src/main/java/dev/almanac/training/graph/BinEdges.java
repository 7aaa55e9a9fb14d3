package dev.almanac.training.graph;

import java.util.Arrays;

/**
 * The edges of a feature's bins, from its values in the train rows.
 *
 * <p>A value that is more frequent than a bin's share of the rows is an edge of its own and no bin
 * goes through it; the other bins share the other rows evenly. A column that is mostly zeros thus
 * has as many bins as any other.
 */
final class BinEdges {
  /** Bins narrower than what float32 resolves would only amplify noise. */
  private static final float NARROWEST = 1e-6f;

  /** Different values, ascending, and how many rows have each. */
  private final float[] values;

  private final int[] rows;

  private BinEdges(float[] values, int[] rows) {
    this.values = values;
    this.rows = rows;
  }

  /**
   * Ascending edges of so many bins; of fewer when the values have not that many differences, and
   * none when all are equal.
   *
   * @param column in any order; left as it is
   */
  static float[] of(float[] column, int bins) {
    float[] sorted = column.clone();
    Arrays.sort(sorted);
    float[] values = new float[sorted.length];
    int[] rows = new int[sorted.length];
    int count = 0;
    for (float value : sorted) {
      if (count == 0 || value - values[count - 1] > NARROWEST) {
        values[count++] = value;
      }
      rows[count - 1]++;
    }
    return new BinEdges(Arrays.copyOf(values, count), Arrays.copyOf(rows, count)).edges(bins);
  }

  private float[] edges(int bins) {
    if (values.length <= bins + 1) {
      return values;
    }
    boolean[] edge = new boolean[values.length];
    edge[0] = true;
    edge[values.length - 1] = true;
    int wanted = markHeavy(edge, bins - 1);
    markQuantiles(edge, wanted);
    float[] edges = new float[bins + 1];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (edge[i]) {
        edges[count++] = values[i];
      }
    }
    return edges;
  }

  /**
   * Marks the values with more rows than a bin between the others would have, most frequent first.
   *
   * @return how many edges are still wanted
   */
  private int markHeavy(boolean[] edge, int wanted) {
    int left = wanted;
    for (int heaviest = heaviest(edge);
        left > 0 && rows[heaviest] > (double) rest(edge) / (left + 1);
        heaviest = heaviest(edge)) {
      edge[heaviest] = true;
      left--;
    }
    return left;
  }

  /** Of values that are no edges; there are always some. */
  private int heaviest(boolean[] edge) {
    int most = -1;
    for (int i = 0; i < rows.length; i++) {
      if (!edge[i] && (most < 0 || rows[i] > rows[most])) {
        most = i;
      }
    }
    return most;
  }

  /** The rows whose value is no edge. */
  private long rest(boolean[] edge) {
    long rest = 0;
    for (int i = 0; i < rows.length; i++) {
      rest += edge[i] ? 0 : rows[i];
    }
    return rest;
  }

  /** Marks so many quantiles of the rows whose value is no edge yet. */
  private void markQuantiles(boolean[] edge, int wanted) {
    long rest = rest(edge);
    long before = 0;
    int marked = 0;
    int others = 0;
    for (int i = 0; i < values.length; i++) {
      others += edge[i] ? 0 : 1;
    }
    for (int i = 0; i < values.length && marked < wanted; i++) {
      if (edge[i]) {
        continue;
      }
      before += rows[i];
      boolean isQuantile = (double) before * (wanted + 1) >= (double) (marked + 1) * rest;
      // The last ones have to be taken where no more values are left than edges are wanted.
      if (isQuantile || others == wanted - marked) {
        edge[i] = true;
        marked++;
      }
      others--;
    }
  }
}
