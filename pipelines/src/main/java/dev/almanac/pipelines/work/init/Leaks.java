package dev.almanac.pipelines.work.init;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Columns of numbers that tell a label which is a number, by a sample of rows. */
final class Leaks {
  private static final int FEWEST_ROWS = 50;

  /** Pairs are tried where there are not too many of them. */
  private static final int MOST_COLUMNS = 60;

  private static final double ALL_BUT_EQUAL = 0.9999;
  private static final double TOLERANCE = 1e-9;

  private final List<double[]> rows;
  private final int label;
  private final List<String> names;

  /**
   * @param names of the positions in the rows
   */
  Leaks(List<double[]> rows, List<String> names, String label) {
    this.names = names;
    this.label = names.indexOf(label);
    this.rows = rows.stream().filter(row -> !Double.isNaN(row[this.label])).toList();
  }

  /** By column: in which way it tells the label. */
  Map<String, String> found() {
    Map<String, String> found = new LinkedHashMap<>();
    if (varies(label)) {
      List<Integer> others = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        if (i != label && varies(i)) {
          double correlation = correlation(i);
          if (Math.abs(correlation) >= ALL_BUT_EQUAL) {
            found.put(names.get(i), "is %s but for scale".formatted(names.get(label)));
          } else {
            others.add(i);
          }
        }
      }
      if (others.size() <= MOST_COLUMNS) {
        addPairs(others, found);
      }
    }
    return found;
  }

  private boolean varies(int column) {
    double first = Double.NaN;
    int values = 0;
    boolean varies = false;
    for (double[] row : rows) {
      if (!Double.isNaN(row[column])) {
        values++;
        first = Double.isNaN(first) ? row[column] : first;
        varies |= row[column] != first;
      }
    }
    return varies && values >= FEWEST_ROWS;
  }

  private void addPairs(List<Integer> columns, Map<String, String> found) {
    for (int a : columns) {
      for (int b : columns) {
        String one = names.get(a);
        String other = names.get(b);
        if (a < b && addsUp(a, b, 1)) {
          found.put(one, "%s + %s is %s".formatted(one, other, names.get(label)));
          found.put(other, "%s + %s is %s".formatted(one, other, names.get(label)));
        } else if (a != b && addsUp(a, b, -1)) {
          found.put(one, "%s - %s is %s".formatted(one, other, names.get(label)));
          found.put(other, "%s - %s is %s".formatted(one, other, names.get(label)));
        }
      }
    }
  }

  private boolean addsUp(int a, int b, int sign) {
    int compared = 0;
    for (double[] row : rows) {
      double sum = row[a] + sign * row[b];
      if (!Double.isNaN(sum)) {
        if (Math.abs(sum - row[label]) > TOLERANCE * Math.max(1, Math.abs(row[label]))) {
          return false;
        }
        compared++;
      }
    }
    return compared >= FEWEST_ROWS;
  }

  /** Pearson's, over the rows that have both. */
  private double correlation(int column) {
    double meanX = mean(column, column);
    double meanY = mean(label, column);
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (double[] row : rows) {
      if (!Double.isNaN(row[column])) {
        double x = row[column] - meanX;
        double y = row[label] - meanY;
        xy += x * y;
        xx += x * x;
        yy += y * y;
      }
    }
    return xx == 0 || yy == 0 ? 0 : xy / Math.sqrt(xx * yy);
  }

  private double mean(int column, int present) {
    double sum = 0;
    int count = 0;
    for (double[] row : rows) {
      if (!Double.isNaN(row[present])) {
        sum += row[column];
        count++;
      }
    }
    return sum / count;
  }
}
