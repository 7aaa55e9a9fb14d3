package dev.almanac.pipelines.report.measure;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.StringColumn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Errors by the value of a column of text or of integers.
 *
 * <p>Holds at most {@value #MOST_GROUPS} groups: a column with more values is given up as a whole,
 * whatever the order of its rows.
 */
public final class ErrorByGroup {
  static final int MOST_GROUPS = 20_000;

  /** A mean over fewer rows says more about chance than about the group. */
  public static final int FEWEST_RANKED_ROWS = 30;

  private static final int FEWEST_ROWS_A_GROUP = 5;

  /** The most integers that are shown in their own order, such as hours of a day. */
  private static final int MOST_ON_A_SCALE = 60;

  private final String column;
  private final ColumnType type;
  private final Map<String, ErrorTotals> groups = new HashMap<>();
  private long rows;
  private boolean givenUp;

  ErrorByGroup(String column, ColumnType type) {
    this.column = column;
    this.type = type;
  }

  /**
   * The errors of one group.
   *
   * @param name null for rows without a value
   */
  public record Group(String name, ErrorTotals errors) {}

  public String column() {
    return column;
  }

  void add(RowErrors errors, Column values) {
    rows += errors.rows();
    if (givenUp) {
      return;
    }
    addTexts(errors, values.asText());
    if (groups.size() > MOST_GROUPS) {
      givenUp = true;
      groups.clear();
    }
  }

  private void addTexts(RowErrors errors, StringColumn texts) {
    ErrorTotals[] byCode = new ErrorTotals[texts.dictionary().size()];
    for (int row = 0; row < errors.rows(); row++) {
      int code = texts.codes()[row];
      if (code < 0) {
        group(null).add(errors, row);
        continue;
      }
      if (byCode[code] == null) {
        byCode[code] = group(texts.dictionary().get(code));
      }
      byCode[code].add(errors, row);
    }
  }

  private ErrorTotals group(String name) {
    return groups.computeIfAbsent(name, unused -> new ErrorTotals());
  }

  /** Whether there are several groups, and few enough to mean something. */
  public boolean tellsSomething() {
    return groups.size() > 1 && rows >= (long) FEWEST_ROWS_A_GROUP * groups.size();
  }

  /** Whether the groups are a few integers, which have an order of their own. */
  public boolean isScale() {
    return type == ColumnType.LONG && groups.size() <= MOST_ON_A_SCALE;
  }

  /** Every group of a column of integers in the order of its values; no value comes last. */
  public List<Group> byValue() {
    List<Group> sorted = worstFirst();
    sorted.sort(
        Comparator.comparing(
            group -> group.name() == null ? null : Long.valueOf(group.name()),
            Comparator.nullsLast(Comparator.naturalOrder())));
    return sorted;
  }

  /** Every group, the worst first; ties by name. */
  public List<Group> worstFirst() {
    List<Group> sorted = new ArrayList<>(groups.size());
    groups.forEach((name, errors) -> sorted.add(new Group(name, errors)));
    Comparator<Group> bySize = Comparator.comparingDouble(group -> -group.errors().meanSize());
    sorted.sort(
        bySize.thenComparing(Group::name, Comparator.nullsFirst(Comparator.naturalOrder())));
    return sorted;
  }

  /** The groups with rows enough to rank; all of them when none has. */
  public List<Group> ranked() {
    List<Group> all = worstFirst();
    List<Group> large =
        all.stream().filter(group -> group.errors().rows() >= FEWEST_RANKED_ROWS).toList();
    return large.isEmpty() ? all : large;
  }
}
