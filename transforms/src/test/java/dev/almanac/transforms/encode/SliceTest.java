package dev.almanac.transforms.encode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnAppender;
import dev.almanac.transforms.column.DoubleAppender;
import dev.almanac.transforms.column.LongAppender;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringAppender;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SliceTest {
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
          assertEquals(column.take(rows), Slice.of(column, rows));
        }
      }
      int[] apart = {3, 4, 9, 64, 199};
      assertEquals(column.take(apart), Slice.of(column, apart));
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
