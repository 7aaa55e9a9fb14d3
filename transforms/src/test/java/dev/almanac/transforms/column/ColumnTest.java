package dev.almanac.transforms.column;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.almanac.transforms.problem.RefusedException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every column answers for itself, whatever its type. */
class ColumnTest {
  private static final Validity SECOND_IS_NULL = Validity.of(3, new long[] {0b101});

  /** The second row of each is null where it can be. */
  private static final List<Column> COLUMNS =
      List.of(
          new LongColumn(new long[] {7, 0, -12}, SECOND_IS_NULL),
          new LongColumn(ColumnType.DATE, new long[] {0, 0, 11_016}, SECOND_IS_NULL),
          new DoubleColumn(new double[] {1.5, 0, 1e300}, SECOND_IS_NULL),
          StringColumn.of("b", null, "a"),
          new FloatColumn(new float[] {1, 0.5f, -2}),
          new IntColumn(new int[] {0, 3, 1}));

  @Test
  void everyTypeHasAColumnThatSaysSo() {
    assertEquals(
        List.of(
            ColumnType.LONG,
            ColumnType.DATE,
            ColumnType.DOUBLE,
            ColumnType.STRING,
            ColumnType.FLOAT32,
            ColumnType.INT32),
        COLUMNS.stream().map(Column::type).toList());
    for (Column column : COLUMNS) {
      assertEquals(column.type(), column.take(new int[] {2, 0}).type());
      assertEquals(column.type(), column.slice(1, 3).type());
    }
  }

  @Test
  void integersAreNoDates() {
    assertNotEquals(LongColumn.of(1), LongColumn.dates(1));
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                ColumnBatch.of(
                    TableSchema.of(Field.required("day", ColumnType.DATE)), LongColumn.of(1)));
    assertEquals("Cannot make a batch: column 'day' is date (long given)", refused.getMessage());
    assertEquals(
        "Cannot make a column: 64-bit integers are of type long or date (double)",
        assertThrows(
                IllegalArgumentException.class,
                () -> new LongColumn(ColumnType.DOUBLE, new long[1], Validity.all(1)))
            .getMessage());
  }

  @Test
  void textIsTheSameForARowAndForTheColumn() {
    for (Column column : COLUMNS.subList(0, 4)) {
      for (int row = 0; row < column.rows(); row++) {
        assertEquals(column.text(row), column.asText().value(row), column.type().text());
      }
    }
    assertEquals("2000-02-29", COLUMNS.get(1).text(2));
    for (Column encoded : COLUMNS.subList(4, 6)) {
      assertThrows(RefusedException.class, encoded::asText);
      assertThrows(RefusedException.class, () -> encoded.keep(SECOND_IS_NULL));
    }
  }

  @Test
  void valuesAreWhatTheRowsHold() {
    assertEquals(
        List.of(7L, LocalDate.EPOCH, 1.5, "b", 1f, 0),
        COLUMNS.stream().map(column -> column.value(0)).toList());
    for (Column column : COLUMNS) {
      assertEquals(column.isNull(1), column.value(1) == null);
      assertEquals(column.isNull(1), !column.validity().isValid(1));
      assertEquals(column.nulls(), column.validity().nulls());
    }
  }

  @Test
  void numbersHoldZeroForNull() {
    assertArrayEquals(new double[] {7, 0, -12}, COLUMNS.get(0).numbers());
    assertArrayEquals(new double[] {0, 0, 11_016}, COLUMNS.get(1).numbers());
    assertArrayEquals(new double[] {1.5, 0, 1e300}, COLUMNS.get(2).numbers());
    assertArrayEquals(new double[] {1, 0.5, -2}, COLUMNS.get(4).numbers());
    assertArrayEquals(new double[] {0, 3, 1}, COLUMNS.get(5).numbers());
    assertThrows(RefusedException.class, COLUMNS.get(3)::numbers);
  }

  @Test
  void whatIsNotKeptIsNullAndHoldsZero() {
    Validity first = Validity.of(3, new long[] {0b001});
    assertEquals(
        new LongColumn(ColumnType.DATE, new long[] {0, 0, 0}, first), COLUMNS.get(1).keep(first));
    assertEquals(new LongColumn(new long[] {7, 0, 0}, first), COLUMNS.get(0).keep(first));
    assertEquals(new DoubleColumn(new double[] {1.5, 0, 0}, first), COLUMNS.get(2).keep(first));
    assertEquals(StringColumn.of("b", null, null), COLUMNS.get(3).keep(first));
  }

  @Test
  void rowsCompareAsTheirValuesDo() {
    assertEquals(
        List.of(1, -1, -1, 1, 1, -1),
        COLUMNS.stream().map(column -> Integer.signum(column.compare(0, 2))).toList());
  }
}
