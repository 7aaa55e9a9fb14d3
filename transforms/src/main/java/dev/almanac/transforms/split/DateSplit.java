package dev.almanac.transforms.split;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.problem.Problems;
import dev.almanac.transforms.problem.RefusedException;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * Which split a row belongs to, by its date: train first, then validation, then test.
 *
 * <p>Ranges are half-open, so that neighbors share a boundary and no day; days between two ranges
 * belong to none.
 *
 * @param column of dates
 */
public record DateSplit(String column, DateRange train, DateRange validation, DateRange test)
    implements Serializable {
  /** The code of a row whose date lies in no range. */
  public static final byte OUTSIDE = -1;

  /** The code of a row without a date. */
  public static final byte NO_DATE = -2;

  public DateSplit {
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(train, "train");
    Objects.requireNonNull(validation, "validation");
    Objects.requireNonNull(test, "test");
    Problems problems = new Problems();
    check(train, validation, test, problems.at("split"));
    problems.refuse();
  }

  /**
   * Checks ranges that are to be a split.
   *
   * @param problems takes what is wrong with each, below the section's own place
   */
  public static void check(
      DateRange train, DateRange validation, DateRange test, Problems problems) {
    List<DateRange> ranges = List.of(train, validation, test);
    for (Split split : Split.values()) {
      DateRange range = ranges.get(split.ordinal());
      if (range.firstDay() >= range.endDay()) {
        problems
            .at(split.text())
            .add("until must be after from, or no day is inside (%s)".formatted(range));
      }
    }
    for (int i = 1; i < ranges.size(); i++) {
      DateRange earlier = ranges.get(i - 1);
      DateRange later = ranges.get(i);
      if (earlier.until() == null || later.from() == null || earlier.endDay() > later.firstDay()) {
        problems
            .at(Split.values()[i].text())
            .add(
                "must begin where split.%s ends, or later: the ranges overlap or are out of order (%s, then %s)"
                    .formatted(Split.values()[i - 1], earlier, later));
      }
    }
  }

  public DateRange range(Split split) {
    return switch (split) {
      case TRAIN -> train;
      case VALIDATION -> validation;
      case TEST -> test;
    };
  }

  /**
   * For each row the ordinal of its {@link Split}, {@link #OUTSIDE} or {@link #NO_DATE}.
   *
   * @throws IllegalArgumentException when the column is not there or holds no dates
   */
  public byte[] codes(ColumnBatch batch) {
    ColumnType type = batch.schema().field(column).type();
    if (type != ColumnType.DATE) {
      throw new RefusedException(
          "Cannot split by column '%s': it must hold dates (it is %s)".formatted(column, type));
    }
    LongColumn dates = (LongColumn) batch.column(column);
    byte[] codes = new byte[batch.rows()];
    long[] first = new long[Split.values().length];
    long[] end = new long[first.length];
    for (Split split : Split.values()) {
      first[split.ordinal()] = range(split).firstDay();
      end[split.ordinal()] = range(split).endDay();
    }
    long[] days = dates.values();
    for (int row = 0; row < codes.length; row++) {
      codes[row] = OUTSIDE;
      for (byte split = 0; split < first.length; split++) {
        if (days[row] >= first[split] && days[row] < end[split]) {
          codes[row] = split;
        }
      }
    }
    if (dates.validity().hasNulls()) {
      for (int row = 0; row < codes.length; row++) {
        codes[row] = dates.validity().isValid(row) ? codes[row] : NO_DATE;
      }
    }
    return codes;
  }

  /** The rows with this split's code, in order. */
  public static int[] rows(byte[] codes, Split split) {
    return rows(codes, (byte) split.ordinal());
  }

  /** The rows with this code, in order. */
  public static int[] rows(byte[] codes, byte wanted) {
    int count = 0;
    for (byte code : codes) {
      count += code == wanted ? 1 : 0;
    }
    int[] rows = new int[count];
    int next = 0;
    for (int row = 0; next < count; row++) {
      if (codes[row] == wanted) {
        rows[next++] = row;
      }
    }
    return rows;
  }
}
