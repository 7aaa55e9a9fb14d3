package dev.almanac.benchmarks.reader;

import java.util.Locale;

/**
 * What one pass over the rows cost: a line that each reader's process prints.
 *
 * @param warmUp whether it only warms the process up
 * @param rows that were seen
 * @param cpuSeconds user and system, of the process and its children
 * @param labels the sum of the rows' labels; NaN where it was not added up
 */
record PassFigures(
    boolean warmUp, long rows, double cpuSeconds, double wallSeconds, double labels) {

  /** The figures of a line; null when it is something else that the process printed. */
  static PassFigures parse(String line) {
    String[] words = line.split(" ");
    if (words.length != 5 || !words[0].equals("warm-up") && !words[0].equals("pass")) {
      return null;
    }
    return new PassFigures(
        words[0].equals("warm-up"),
        Long.parseLong(words[1]),
        Double.parseDouble(words[2]),
        Double.parseDouble(words[3]),
        words[4].equals("nan") ? Double.NaN : Double.parseDouble(words[4]));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s %d %.6f %.6f %s",
        warmUp ? "warm-up" : "pass",
        rows,
        cpuSeconds,
        wallSeconds,
        Double.isNaN(labels) ? "nan" : "%.3f".formatted(labels));
  }
}
