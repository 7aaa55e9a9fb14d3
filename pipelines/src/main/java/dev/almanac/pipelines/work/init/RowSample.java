package dev.almanac.pipelines.work.init;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Some rows of numbers, each as likely as any other (Vitter's algorithm R, 1985), NaN where
 * missing. Not thread-safe.
 */
final class RowSample {
  private static final int SIZE = 4_096;

  private final List<double[]> rows = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(1);
  private long seen;

  /** Where the next row goes; -1 when it is not taken. */
  int place() {
    seen++;
    if (rows.size() < SIZE) {
      rows.add(null);
      return rows.size() - 1;
    }
    long at = random.nextLong(seen);
    return at < SIZE ? (int) at : -1;
  }

  void put(int place, double[] row) {
    rows.set(place, row);
  }

  List<double[]> rows() {
    return rows;
  }
}
