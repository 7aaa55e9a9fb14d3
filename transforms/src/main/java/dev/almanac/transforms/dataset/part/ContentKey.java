package dev.almanac.transforms.dataset.part;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnCases;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.IntColumn;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.spool.ShuffleKey;
import java.util.function.IntToLongFunction;

/**
 * A 64-bit hash of a row's cells, column after column: the same wherever and in whatever batch the
 * row is met. Rows with equal cells have equal keys; of n other rows about n²/2⁶⁵ pairs do too.
 */
final class ContentKey {
  /** Stands for a null cell; no more likely than any other number to be a cell's. */
  private static final long NULL = 0xD1B54A32D192ED03L;

  private ContentKey() {}

  /** The key of every row. */
  static long[] of(ColumnBatch batch) {
    long[] keys = new long[batch.rows()];
    for (Column column : batch.columns()) {
      IntToLongFunction cells = column.match(new Bits());
      for (int row = 0; row < keys.length; row++) {
        keys[row] = ShuffleKey.key(keys[row], cells.applyAsLong(row));
      }
    }
    return keys;
  }

  /** Bits that differ where cells differ, hashed for text. */
  private static final class Bits implements ColumnCases<IntToLongFunction> {
    @Override
    public IntToLongFunction longs(LongColumn column) {
      return row -> column.isNull(row) ? NULL : column.values()[row];
    }

    @Override
    public IntToLongFunction doubles(DoubleColumn column) {
      return row -> column.isNull(row) ? NULL : Double.doubleToRawLongBits(column.values()[row]);
    }

    @Override
    public IntToLongFunction texts(StringColumn column) {
      long[] hashes = column.dictionary().stream().mapToLong(ContentKey::hash).toArray();
      return row -> column.codes()[row] < 0 ? NULL : hashes[column.codes()[row]];
    }

    @Override
    public IntToLongFunction floats(FloatColumn column) {
      return row -> Float.floatToRawIntBits(column.values()[row]);
    }

    @Override
    public IntToLongFunction ints(IntColumn column) {
      return row -> column.values()[row];
    }
  }

  private static long hash(String text) {
    long hash = text.length();
    for (int i = 0; i < text.length(); i++) {
      hash = ShuffleKey.key(hash, text.charAt(i));
    }
    return hash;
  }
}
