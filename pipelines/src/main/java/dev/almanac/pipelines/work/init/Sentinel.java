package dev.almanac.pipelines.work.init;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A number that stands for a missing one, as it seems.
 *
 * @param text as a config has it
 * @param count cells that hold it
 */
record Sentinel(String text, long count) {
  /** Written for missing values in data that people publish. */
  private static final Set<Double> KNOWN =
      Set.of(
          -99.0, -99.9, -99.99, -999.0, -999.9, -999.99, -9999.0, -9999.9, -99999.0, -999999.0,
          -200.0, -32768.0, -1e20, -1e30, 99.99, 999.0, 999.9, 999.99, 9999.0, 9999.9, 99999.0,
          99999.9, 999999.0, 32767.0, 1e20, 1e30);

  /** Of the width of the other values: nearer ones may be values themselves. */
  private static final double GAP = 0.25;

  /** The sentinel of a column; empty when no extreme of it looks like one. */
  static Optional<Sentinel> of(ColumnProfile column) {
    Optional<Sentinel> low = of(List.copyOf(column.low().entrySet()), column.high(), false);
    return low.isPresent()
        ? low
        : of(List.copyOf(column.high().descendingMap().entrySet()), column.low(), true);
  }

  /**
   * @param ends the outermost values of one end, the outermost first
   * @param others those of the other end
   */
  private static Optional<Sentinel> of(
      List<Map.Entry<Double, Long>> ends, TreeMap<Double, Long> others, boolean high) {
    if (ends.size() < 2) {
      return Optional.empty();
    }
    double value = ends.get(0).getKey();
    double next = ends.get(1).getKey();
    double far = high ? others.firstKey() : others.lastKey();
    double width = Math.abs(next - far);
    boolean apart = Math.abs(value - next) > GAP * width;
    boolean onlyNegative = !high && value < 0 && next >= 0;
    return KNOWN.contains(value) && ends.get(0).getValue() > 1 && (apart || onlyNegative)
        ? Optional.of(new Sentinel(text(value), ends.get(0).getValue()))
        : Optional.empty();
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? String.format(Locale.ROOT, "%d", (long) value)
        : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
