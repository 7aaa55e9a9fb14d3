package dev.almanac.transforms.column;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ColumnSliceTest {
  private static final int ROWS = 200;

  @Test
  void aSliceIsWhatTakingItsRowsGives() {
    Random random = new Random(1);
    LongAppender integers = new LongAppender();
    DoubleAppender numbers = new DoubleAppender();
    StringAppender texts = new StringAppender();
    for (int row = 0; row < ROWS; row++) {
      if (hasValue(integers, random)) {
        integers.append(row);
      }
      if (hasValue(numbers, random)) {
        numbers.append(row);
      }
      if (hasValue(texts, random)) {
        texts.append("t" + row % 9);
      }
    }
    Column full = LongColumn.of(new long[ROWS]);
    for (Column column : List.of(integers.build(), numbers.build(), texts.build(), full)) {
      for (int from = 0; from < ROWS; from++) {
        for (int until : new int[] {from + 1, (from + ROWS + 1) / 2, ROWS}) {
          int[] rows = IntStream.range(from, Math.max(from + 1, until)).toArray();
          assertEquals(column.take(rows), column.slice(from, from + rows.length));
        }
      }
      assertEquals(0, column.slice(7, 7).rows());
    }
  }

  @Test
  void aBatchTakesARangeOfRowsAsItTakesOthers() {
    LongColumn numbers = LongColumn.of(5, 6, 7, 8, 9);
    ColumnBatch batch =
        ColumnBatch.of(TableSchema.of(Field.required("n", ColumnType.LONG)), numbers);
    for (int[] rows : new int[][] {{1, 2, 3}, {0, 1, 2, 3, 4}, {1, 3, 3}, {3, 2, 5 - 1}, {4}, {}}) {
      assertEquals(numbers.take(rows), batch.take(rows).column(0));
    }
  }

  private static boolean hasValue(ColumnAppender appender, Random random) {
    if (random.nextInt(4) == 0) {
      appender.appendNull();
      return false;
    }
    return true;
  }
}
