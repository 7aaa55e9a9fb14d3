package dev.almanac.transforms.split;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.LongAppender;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.problem.Problems;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class DateSplitTest {
  private static final DateSplit SPLIT =
      new DateSplit(
          "DATE",
          range("1985-01-01", "2013-01-01"),
          range("2013-01-01", "2015-01-01"),
          range("2016-01-01", null));

  @Test
  void boundariesBelongToTheLaterRange() {
    assertArrayEquals(
        new byte[] {-1, 0, 0, 1, 1, -1, -1, 2, 2, -2},
        SPLIT.codes(
            dates(
                "1984-12-31",
                "1985-01-01",
                "2012-12-31",
                "2013-01-01",
                "2014-12-31",
                "2015-01-01",
                "2015-12-31",
                "2016-01-01",
                "9999-12-31",
                null)));
  }

  @Test
  void everyRowHasExactlyOneCode() {
    byte[] codes = SPLIT.codes(dates("1990-01-01", null, "2014-01-01", "2015-06-01", "2020-01-01"));
    assertArrayEquals(new int[] {0}, DateSplit.rows(codes, Split.TRAIN));
    assertArrayEquals(new int[] {2}, DateSplit.rows(codes, Split.VALIDATION));
    assertArrayEquals(new int[] {4}, DateSplit.rows(codes, Split.TEST));
    assertArrayEquals(new int[] {3}, DateSplit.rows(codes, DateSplit.OUTSIDE));
    assertArrayEquals(new int[] {1}, DateSplit.rows(codes, DateSplit.NO_DATE));
  }

  @Test
  void rangesMayBeOpenAtBothEndsOfTime() {
    DateSplit split =
        new DateSplit(
            "DATE",
            range(null, "2000-01-01"),
            range("2000-01-01", "2001-01-01"),
            range("2001-01-01", null));
    assertArrayEquals(
        new byte[] {0, 1, 2}, split.codes(dates("-0044-03-15", "2000-06-01", "2001-01-01")));
  }

  @Test
  void everyProblemIsReported() {
    Problems problems = new Problems();
    DateSplit.check(
        range("2013-01-01", "2013-01-01"),
        range("2012-01-01", null),
        range("2015-01-01", null),
        problems.at("split"));
    assertEquals(
        List.of(
            "split.train: until must be after from, or no day is inside ([2013-01-01, 2013-01-01))",
            "split.validation: must begin where split.train ends, or later: the ranges overlap or are out of order ([2013-01-01, 2013-01-01), then [2012-01-01, -))",
            "split.test: must begin where split.validation ends, or later: the ranges overlap or are out of order ([2012-01-01, -), then [2015-01-01, -))"),
        problems.texts());
  }

  @Test
  void overlappingRangesAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new DateSplit(
                "DATE",
                range(null, "2001-01-01"),
                range("2000-01-01", "2002-01-01"),
                range("2002-01-01", null)));
  }

  @Test
  void aColumnThatHoldsNoDatesIsRefused() {
    ColumnBatch batch =
        ColumnBatch.of(TableSchema.of(Field.required("DATE", ColumnType.LONG)), LongColumn.of(1));
    assertEquals(
        "Cannot split by column 'DATE': it must hold dates (it is long)",
        assertThrows(IllegalArgumentException.class, () -> SPLIT.codes(batch)).getMessage());
  }

  private static DateRange range(String from, String until) {
    return new DateRange(
        from == null ? null : LocalDate.parse(from), until == null ? null : LocalDate.parse(until));
  }

  private static ColumnBatch dates(String... dates) {
    LongAppender appender = new LongAppender(ColumnType.DATE);
    for (String date : dates) {
      if (date == null) {
        appender.appendNull();
      } else {
        appender.append(LocalDate.parse(date).toEpochDay());
      }
    }
    return ColumnBatch.of(
        TableSchema.of(Field.nullable("DATE", ColumnType.DATE)), appender.build());
  }
}
