package dev.almanac.transforms.parquet.write;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnCases;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.IntColumn;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.problem.ForeseenException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Statistics;

/** Numbers and dates as PLAIN bytes; null rows take none. */
final class FixedChunk extends ChunkBuffer {
  private static final int FIRST_ROWS = 1024;

  private final int width;
  private final int mostBytes;
  private final NumberRange range;
  private ByteBuffer values = little(new byte[0]);

  FixedChunk(Field field, int mostRows) {
    super(field);
    this.width =
        switch (field.type()) {
          case LONG, DOUBLE -> 8;
          default -> 4;
        };
    this.mostBytes = (int) Math.min(Integer.MAX_VALUE - 8, (long) mostRows * width);
    this.range = new NumberRange(field.type());
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  void appendValues(Column column, int from, int to, boolean hasNulls) throws IOException {
    ensure((to - from) * width);
    column.match(new Rows(from, to, hasNulls));
    if (field().type() == ColumnType.DATE && !range.isOfInts()) {
      throw new ForeseenException(
          "Cannot write column '%s': a date is at most 2,147,483,647 days from 1970-01-01 (%s)"
              .formatted(field().name(), range.furthest()));
    }
  }

  /** Puts rows of a column behind the others. */
  private final class Rows implements ColumnCases<Void> {
    private final int from;
    private final int to;
    private final boolean hasNulls;

    Rows(int from, int to, boolean hasNulls) {
      this.from = from;
      this.to = to;
      this.hasNulls = hasNulls;
    }

    @Override
    public Void longs(LongColumn column) {
      if (!hasNulls && width == Long.BYTES) {
        range.addLongs(column.values(), from, to);
        values.asLongBuffer().put(column.values(), from, to - from);
        return put();
      }
      for (int row = from; row < to; row++) {
        if (!column.isNull(row)) {
          long value = column.values()[row];
          range.addLong(value);
          if (width == Long.BYTES) {
            values.putLong(value);
          } else {
            values.putInt((int) value);
          }
        }
      }
      return null;
    }

    @Override
    public Void doubles(DoubleColumn column) {
      if (!hasNulls) {
        range.addDoubles(column.values(), from, to);
        values.asDoubleBuffer().put(column.values(), from, to - from);
        return put();
      }
      for (int row = from; row < to; row++) {
        if (!column.isNull(row)) {
          range.addDoubles(column.values(), row, row + 1);
          values.putDouble(column.values()[row]);
        }
      }
      return null;
    }

    @Override
    public Void floats(FloatColumn column) {
      range.addFloats(column.values(), from, to);
      values.asFloatBuffer().put(column.values(), from, to - from);
      return put();
    }

    @Override
    public Void ints(IntColumn column) {
      range.addInts(column.values(), from, to);
      values.asIntBuffer().put(column.values(), from, to - from);
      return put();
    }

    @Override
    public Void texts(StringColumn column) {
      throw new IllegalStateException("Cannot write text as numbers: TextChunk writes it");
    }

    private Void put() {
      values.position(values.position() + (to - from) * width);
      return null;
    }
  }

  private void ensure(int more) {
    if (more > values.remaining()) {
      int wanted = Math.addExact(values.position(), more);
      long grown = Math.max(FIRST_ROWS * width, 2L * values.capacity());
      int capacity = Math.max(wanted, (int) Math.min(mostBytes, grown));
      int position = values.position();
      values = little(Arrays.copyOf(values.array(), capacity));
      values.position(position);
    }
  }

  @Override
  void writePages(PageSink pages) throws IOException {
    int offset = 0;
    for (int from = 0; from < rows(); from += PageSink.PAGE_ROWS) {
      int to = Math.min(rows(), from + PageSink.PAGE_ROWS);
      int bytes = width * (isOptional() ? validRows(from, to) : to - from);
      BytesInput page = BytesInput.from(values.array(), offset, bytes);
      if (isOptional()) {
        page = BytesInput.concat(BytesInput.from(definitionLevels(from, to)), page);
      }
      pages.data(to - from, page, Encoding.PLAIN);
      offset += bytes;
    }
  }

  @Override
  Statistics statistics() {
    Statistics statistics = new Statistics().setNull_count(nulls());
    range.describe(statistics);
    return statistics;
  }

  @Override
  void clear() {
    super.clear();
    values.clear();
    range.clear();
  }
}
