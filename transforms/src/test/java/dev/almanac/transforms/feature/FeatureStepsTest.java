package dev.almanac.transforms.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.DoubleAppender;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.LongAppender;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.column.TextHash;
import dev.almanac.transforms.feature.plan.FeaturePlan;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each step makes of a cell. */
public class FeatureStepsTest {
  @Test
  void aFlaggedCellBecomesNull() {
    StringColumn flags = StringColumn.of(",,I,", "X,,S", ",G,S", ", ,S,0700", null, "", ",D");
    LongColumn cells = LongColumn.of(1, 2, 3, 4, 5, 6, 7);
    ColumnBatch batch =
        batch(field("X", ColumnType.LONG), cells, field("F", ColumnType.STRING), flags);
    assertEquals(
        longs(1L, 2L, null, 4L, 5L, 6L, null), apply(new NullIfFlagged("X", "F", 2), batch, "X"));
    assertEquals(
        longs(1L, null, 3L, 4L, 5L, 6L, 7L), apply(new NullIfFlagged("X", "F", 1), batch, "X"));
    assertEquals(
        longs(1L, 2L, 3L, null, 5L, 6L, 7L), apply(new NullIfFlagged("X", "F", 4), batch, "X"));
  }

  @Test
  void aFlaggedCellOfAnyTypeBecomesNull() {
    StringColumn flags = StringColumn.of("bad", null);
    Field flag = field("F", ColumnType.STRING);
    assertEquals(
        doubles(null, 2.0),
        apply(
            new NullIfFlagged("X", "F", 1),
            batch(field("X", ColumnType.DOUBLE), DoubleColumn.of(1, 2), flag, flags),
            "X"));
    assertEquals(
        StringColumn.of(null, "b"),
        apply(
            new NullIfFlagged("X", "F", 1),
            batch(field("X", ColumnType.STRING), StringColumn.of("a", "b"), flag, flags),
            "X"));
  }

  @Test
  void logarithmsOfMinusOneAndBelowAreNull() {
    assertEquals(
        doubles(0.0, StrictMath.log1p(9), null, null, null),
        apply(new Log1p("X", "Y"), longBatch("X", 0L, 9L, -1L, -2L, null), "Y"));
  }

  @Test
  void clipKeepsIntegersIntegers() {
    assertEquals(
        longs(-1L, 0L, 3L, null),
        apply(new Clip("X", -1.0, 3.0, null), longBatch("X", -5L, 0L, 9L, null), "X"));
    assertEquals(
        longs(-5L, 0L, 3L),
        apply(new Clip("X", null, 3.0, null), longBatch("X", -5L, 0L, 9L), "X"));
    assertEquals(
        doubles(-0.5, 0.0, 9.0),
        apply(new Clip("X", -0.5, null, "Y"), longBatch("X", -5L, 0L, 9L), "Y"));
  }

  @Test
  void differenceAndRatioNeedBothCells() {
    ColumnBatch batch =
        batch(
            field("L", ColumnType.LONG),
            longs(6L, null, 1L, 0L),
            field("R", ColumnType.DOUBLE),
            doubles(4.0, 1.0, 0.0, 0.0));
    assertEquals(doubles(2.0, null, 1.0, 0.0), apply(new Difference("L", "R", "D"), batch, "D"));
    assertEquals(doubles(1.5, null, null, null), apply(new Ratio("L", "R", "Q"), batch, "Q"));
  }

  @Test
  void indicatorsTellEqualAndNullCells() {
    ColumnBatch text = batch(field("X", ColumnType.STRING), StringColumn.of("T", null, "P"));
    assertEquals(longs(1L, null, 0L), apply(new EqualsIndicator("X", "T", "Y"), text, "Y"));
    assertEquals(longs(0L, 1L, 0L), apply(new IsNull("X", "Y"), text, "Y"));
    assertEquals(
        longs(0L, 1L), apply(new EqualsIndicator("X", "-9", "Y"), longBatch("X", 9L, -9L), "Y"));
    ColumnBatch numbers = batch(field("X", ColumnType.DOUBLE), doubles(0.5, null, 2.0));
    assertEquals(
        doubles(1.0, null, 0.0), apply(new EqualsIndicator("X", "0.50", "Y"), numbers, "Y"));
    LocalDate day = LocalDate.of(2020, 2, 29);
    ColumnBatch dates = batch(field("X", ColumnType.DATE), LongColumn.dates(day.toEpochDay(), 0));
    assertEquals(longs(1L, 0L), apply(new EqualsIndicator("X", "2020-02-29", "Y"), dates, "Y"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "hello, 613153351",
    "test, -1167338989",
    "'Hello, world!', -1070186941",
    "The quick brown fox jumps over the lazy dog, 776992547"
  })
  void theHashIsMurmur3(String text, int hash) {
    assertEquals(hash, new TextHash(0).of(text));
  }

  @Test
  void bucketsAreUnsignedAndNullStaysNull() {
    ColumnBatch batch = batch(field("X", ColumnType.STRING), StringColumn.of("test", null, ""));
    assertEquals(
        longs(Integer.toUnsignedLong(-1167338989) % 7, null, 0L),
        apply(new HashBucket("X", 7, "B"), batch, "B"));
    assertEquals(
        apply(
            new HashBucket("X", 99, "B"),
            batch(field("X", ColumnType.STRING), StringColumn.of("-12")),
            "B"),
        apply(new HashBucket("X", 99, "B"), longBatch("X", -12L), "B"));
  }

  @Test
  void castsReadWhatThereIsAndNullTheRest() {
    ColumnBatch text =
        batch(
            field("X", ColumnType.STRING),
            StringColumn.of(" 12 ", "1.5", "x", "", null, "2020-01-02", "1e400"));
    assertEquals(
        longs(12L, null, null, null, null, null, null),
        apply(new Cast("X", ColumnType.LONG, null), text, "X"));
    assertEquals(
        doubles(12.0, 1.5, null, null, null, null, null),
        apply(new Cast("X", ColumnType.DOUBLE, null), text, "X"));
    assertEquals(
        dates(null, null, null, null, null, LocalDate.of(2020, 1, 2).toEpochDay(), null),
        apply(new Cast("X", ColumnType.DATE, null), text, "X"));
    ColumnBatch numbers =
        batch(field("X", ColumnType.DOUBLE), doubles(2.5, -3.5, 1e300, null, 0x1p63, -0x1p63));
    assertEquals(
        longs(2L, -4L, null, null, null, Long.MIN_VALUE),
        apply(new Cast("X", ColumnType.LONG, "Y"), numbers, "Y"));
    assertEquals(
        StringColumn.of(
            "2.5", "-3.5", "1.0E300", null, "9.223372036854776E18", "-9.223372036854776E18"),
        apply(new Cast("X", ColumnType.STRING, "Y"), numbers, "Y"));
    assertEquals(
        StringColumn.of("1970-01-01", null, "2000-02-29"),
        apply(
            new Cast("X", ColumnType.STRING, "Y"),
            batch(field("X", ColumnType.DATE), dates(0L, null, 11016L)),
            "Y"));
    assertEquals(
        StringColumn.of("-7", "12345678901"),
        apply(new Cast("X", ColumnType.STRING, "Y"), longBatch("X", -7L, 12345678901L), "Y"));
  }

  static Column apply(RowFeature step, ColumnBatch batch, String result) {
    FeaturePlan plan = FeaturePlan.of(batch.schema(), List.of(step));
    ColumnBatch computed = plan.apply(batch);
    assertEquals(plan.outputSchema(), computed.schema());
    return computed.column(result);
  }

  static Field field(String name, ColumnType type) {
    return Field.nullable(name, type);
  }

  public static ColumnBatch longBatch(String name, Long... cells) {
    return batch(field(name, ColumnType.LONG), longs(cells));
  }

  static ColumnBatch batch(Object... fieldsAndColumns) {
    List<Field> fields = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < fieldsAndColumns.length; i += 2) {
      fields.add((Field) fieldsAndColumns[i]);
      columns.add((Column) fieldsAndColumns[i + 1]);
    }
    return new ColumnBatch(TableSchema.of(fields), columns, columns.get(0).rows());
  }

  public static LongColumn longs(Long... cells) {
    return longs(ColumnType.LONG, cells);
  }

  private static LongColumn dates(Long... days) {
    return longs(ColumnType.DATE, days);
  }

  private static LongColumn longs(ColumnType type, Long... cells) {
    LongAppender appender = new LongAppender(type);
    for (Long cell : cells) {
      if (cell == null) {
        appender.appendNull();
      } else {
        appender.append(cell);
      }
    }
    return (LongColumn) appender.build();
  }

  public static DoubleColumn doubles(Double... cells) {
    DoubleAppender appender = new DoubleAppender();
    for (Double cell : cells) {
      if (cell == null) {
        appender.appendNull();
      } else {
        appender.append(cell);
      }
    }
    return (DoubleColumn) appender.build();
  }
}
