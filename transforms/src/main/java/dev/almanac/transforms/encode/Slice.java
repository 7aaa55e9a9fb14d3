package dev.almanac.transforms.encode;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.column.Validity;
import java.util.Arrays;

/** Some rows of a column, copied in one piece where they stand together, as a train split does. */
final class Slice {
  private Slice() {}

  /**
   * The same as {@link Column#take}.
   *
   * @param rows ascending, none twice, at least one
   */
  static Column of(Column column, int[] rows) {
    int from = rows[0];
    int until = rows[rows.length - 1] + 1;
    if (until - from != rows.length) {
      return column.take(rows);
    } else if (column instanceof LongColumn integers) {
      return new LongColumn(
          Arrays.copyOfRange(integers.values(), from, until), of(integers.validity(), from, until));
    } else if (column instanceof DoubleColumn numbers) {
      return new DoubleColumn(
          Arrays.copyOfRange(numbers.values(), from, until), of(numbers.validity(), from, until));
    } else if (column instanceof StringColumn text) {
      return new StringColumn(Arrays.copyOfRange(text.codes(), from, until), text.dictionary());
    }
    return column.take(rows);
  }

  private static Validity of(Validity validity, int from, int until) {
    int rows = until - from;
    if (!validity.hasNulls()) {
      return Validity.all(rows);
    }
    long[] words = validity.toWords();
    long[] moved = new long[(rows + 63) >>> 6];
    int first = from >>> 6;
    for (int i = 0; i < moved.length; i++) {
      long high = first + i + 1 < words.length ? words[first + i + 1] : 0L;
      // A shift by 64 would be one by 0, hence in two steps.
      moved[i] = words[first + i] >>> from | high << 1 << ~from;
    }
    return Validity.of(rows, moved);
  }
}
