package dev.almanac.transforms.parquet.write;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.problem.ForeseenException;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.format.Statistics;

/**
 * The cells of one column of the row group that is being filled, already as their page bytes.
 *
 * <p>What comes out depends on the cells alone, not on how many came at a time. Emptied by {@link
 * #clear} and used again for the next row group. Not thread-safe.
 */
abstract class ChunkBuffer {
  private final Field field;
  private final boolean optional;
  private long[] valid = new long[0];
  private int rows;
  private int nulls;

  ChunkBuffer(Field field) {
    this.field = field;
    this.optional = FormatSchema.isOptional(field);
  }

  /** mostRows of a row group */
  static ChunkBuffer of(Field field, int mostRows) {
    return switch (field.type()) {
      case STRING -> new TextChunk(field);
      case LONG, DATE, DOUBLE, FLOAT32, INT32 -> new FixedChunk(field, mostRows);
    };
  }

  final Field field() {
    return field;
  }

  final boolean isOptional() {
    return optional;
  }

  final int rows() {
    return rows;
  }

  final int nulls() {
    return nulls;
  }

  /** Takes the rows from {@code from} to before {@code to} of a column of this field's type. */
  final void append(Column column, int from, int to) throws IOException {
    boolean hasNulls = column.nulls() > 0;
    if (optional) {
      mark(column, from, to, hasNulls);
    } else if (hasNulls) {
      for (int row = from; row < to; row++) {
        if (column.isNull(row)) {
          throw new ForeseenException(
              "Cannot write column '%s': it is required (row %s of a batch is null)"
                  .formatted(field.name(), row));
        }
      }
    }
    appendValues(column, from, to, hasNulls);
    rows += to - from;
  }

  private void mark(Column column, int from, int to, boolean hasNulls) {
    int words = (rows + to - from + 63) >>> 6;
    if (words > valid.length) {
      valid = Arrays.copyOf(valid, Math.max(words, 2 * valid.length));
    }
    for (int row = from, position = rows; row < to; row++, position++) {
      if (hasNulls && column.isNull(row)) {
        nulls++;
      } else {
        valid[position >>> 6] |= 1L << position;
      }
    }
  }

  final int validRows(int from, int to) {
    int count = 0;
    for (int row = from; row < to; row++) {
      count += isValid(row) ? 1 : 0;
    }
    return count;
  }

  final boolean isValid(int row) {
    return !optional || (valid[row >>> 6] >>> row & 1L) != 0;
  }

  /**
   * The definition levels of some rows as a version 1 page holds them: a length of four bytes, then
   * one run of equal levels when no row is null, else one run of packed bits.
   */
  final byte[] definitionLevels(int from, int to) {
    int count = to - from;
    if (validRows(from, to) == count) {
      byte[] run = PageBytes.withVarInt(count << 1, 1);
      run[run.length - 1] = 1;
      return PageBytes.withLength(run);
    }
    int groups = (count + 7) >>> 3;
    byte[] packed = PageBytes.withVarInt(groups << 1 | 1, groups);
    int start = packed.length - groups;
    for (int i = 0; i < count; i++) {
      if (isValid(from + i)) {
        packed[start + (i >>> 3)] |= (byte) (1 << (i & 7));
      }
    }
    return PageBytes.withLength(packed);
  }

  void clear() {
    Arrays.fill(valid, 0L);
    rows = 0;
    nulls = 0;
  }

  abstract void appendValues(Column column, int from, int to, boolean hasNulls) throws IOException;

  /** Writes the pages of the whole chunk, in order. */
  abstract void writePages(PageSink pages) throws IOException;

  /** Least, greatest and nulls of the whole chunk. */
  abstract Statistics statistics();
}
