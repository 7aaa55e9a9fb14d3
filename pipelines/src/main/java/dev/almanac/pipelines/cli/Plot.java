package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.work.Figures;
import dev.almanac.pipelines.work.runs.CompareRuns.Curve;
import java.util.Arrays;
import java.util.List;

/**
 * Curves over each other in characters: a letter a run, {@code *} where several meet.
 *
 * @param width of the terminal
 */
record Plot(int width) {
  private static final int HEIGHT = 14;

  /** Characters of an axis' numbers. */
  private static final int MARGIN = 11;

  private static final char SEVERAL = '*';

  String text(List<String> runs, List<Curve> curves) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    int first = Integer.MAX_VALUE;
    int last = 0;
    for (Curve curve : curves) {
      for (int i = 0; i < curve.epochs().size(); i++) {
        double value = curve.values().get(i);
        first = Math.min(first, curve.epochs().get(i));
        last = Math.max(last, curve.epochs().get(i));
        if (Double.isFinite(value)) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
    }
    if (low > high) {
      return "no finite value\n";
    }
    int columns = Math.max(10, Math.min(width, 120) - MARGIN - 3);
    char[][] cells = new char[HEIGHT][columns];
    Arrays.stream(cells).forEach(row -> Arrays.fill(row, ' '));
    for (Curve curve : curves) {
      char letter = ComparisonText.letter(runs.indexOf(curve.run())).charAt(0);
      for (int i = 0; i < curve.epochs().size(); i++) {
        double value = curve.values().get(i);
        if (Double.isFinite(value)) {
          int x = place(curve.epochs().get(i), first, last, columns);
          int y = HEIGHT - 1 - place(value, low, high, HEIGHT);
          cells[y][x] = cells[y][x] == ' ' || cells[y][x] == letter ? letter : SEVERAL;
        }
      }
    }
    StringBuilder text = new StringBuilder();
    for (int y = 0; y < HEIGHT; y++) {
      String label = y == 0 ? Figures.number(high) : y == HEIGHT - 1 ? Figures.number(low) : "";
      String line = " ".repeat(Math.max(0, MARGIN - label.length())) + label + " |";
      text.append((line + new String(cells[y])).stripTrailing()).append('\n');
    }
    String end = Integer.toString(last);
    text.append(" ".repeat(MARGIN)).append(" +").append("-".repeat(columns)).append('\n');
    String begin = " ".repeat(MARGIN + 2) + first;
    int gap = MARGIN + 2 + columns - begin.length() - end.length();
    return text.append(begin)
        .append(first == last ? "" : " ".repeat(Math.max(1, gap)) + end)
        .append('\n')
        .toString();
  }

  private static int place(double value, double low, double high, int cells) {
    return high == low ? 0 : (int) Math.round((value - low) / (high - low) * (cells - 1));
  }
}
