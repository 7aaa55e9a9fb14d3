package dev.almanac.pipelines.work.init;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.problem.Printable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the rows that were looked at show of one column. Not thread-safe.
 *
 * <p>Values are counted one by one while they are few; how many distinct ones there are is exact up
 * to {@value #MOST_DISTINCT}.
 */
final class ColumnProfile {
  static final int MOST_COUNTED = 2_000;
  static final int MOST_DISTINCT = 1 << 16;
  private static final int EXTREMES = 3;
  private static final int LONGEST_COUNTED = 200;

  private final String name;
  private final ColumnType type;
  private final Set<Integer> hashes = new HashSet<>();
  private final Map<String, Long> texts = new HashMap<>();
  private final TreeMap<Double, Long> low = new TreeMap<>();
  private final TreeMap<Double, Long> high = new TreeMap<>();
  private final TreeMap<Long, Long> days = new TreeMap<>();
  private long rows;
  private long nulls;
  private long valuesAtMost = -1;
  private double last = Double.NEGATIVE_INFINITY;
  private boolean rises = true;
  private long restarts;

  ColumnProfile(String name, ColumnType type) {
    this.name = name;
    this.type = type;
  }

  String name() {
    return name;
  }

  ColumnType type() {
    return type;
  }

  /** Values of another file follow: what rises in each file is a number of its rows. */
  void begin() {
    last = Double.NEGATIVE_INFINITY;
    restarts++;
  }

  void addNull() {
    rows++;
    nulls++;
  }

  void addText(String text) {
    rows++;
    count(text.length() <= LONGEST_COUNTED ? text : text.substring(0, LONGEST_COUNTED));
    distinct(text.hashCode());
  }

  void addNumber(double value) {
    rows++;
    distinct(Double.hashCode(value));
    extreme(low, value, true);
    extreme(high, value, false);
    rises &= value > last;
    last = value;
  }

  void addDay(long day) {
    rows++;
    days.merge(day, 1L, Long::sum);
    distinct(Long.hashCode(day));
  }

  private void count(String text) {
    if (texts.size() < MOST_COUNTED || texts.containsKey(text)) {
      texts.merge(text, 1L, Long::sum);
    }
  }

  private void distinct(int hash) {
    if (valuesAtMost < 0) {
      hashes.add(hash);
      if (hashes.size() == MOST_DISTINCT) {
        valuesAtMost = values();
      }
    }
  }

  private static void extreme(TreeMap<Double, Long> kept, double value, boolean lowest) {
    if (kept.size() < EXTREMES || (lowest ? value <= kept.lastKey() : value >= kept.firstKey())) {
      kept.merge(value, 1L, Long::sum);
      if (kept.size() > EXTREMES) {
        kept.remove(lowest ? kept.lastKey() : kept.firstKey());
      }
    }
  }

  long rows() {
    return rows;
  }

  /** Cells that are not missing. */
  long values() {
    return rows - nulls;
  }

  /** From 0 to 1. */
  double missing() {
    return rows == 0 ? 1 : (double) nulls / rows;
  }

  /** Distinct values; {@link #MOST_DISTINCT} stands for that many or more. */
  int distinct() {
    return hashes.size();
  }

  /** Whether nearly every value is another one. */
  boolean isUnique() {
    long seen = valuesAtMost < 0 ? values() : valuesAtMost;
    return seen > 20 && hashes.size() >= 0.98 * seen;
  }

  /** Whether whole numbers rise from row to row through each file: a number of the row. */
  boolean countsRows() {
    return type == ColumnType.LONG && rises && nulls == 0 && isUnique() && rows > 20 * restarts;
  }

  /** The texts with how often they stand, the first {@value #MOST_COUNTED} of them. */
  Map<String, Long> texts() {
    return texts;
  }

  /** The commonest texts, for a comment. */
  String examples() {
    List<String> common =
        texts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(3)
            .map(entry -> Printable.line(entry.getKey(), 24))
            .toList();
    return String.join(", ", common);
  }

  /** Rows by day. */
  TreeMap<Long, Long> days() {
    return days;
  }

  /** The lowest values with how often each stands, the lowest first. */
  TreeMap<Double, Long> low() {
    return low;
  }

  /** The highest values with how often each stands, the lowest of them first. */
  TreeMap<Double, Long> high() {
    return high;
  }
}
