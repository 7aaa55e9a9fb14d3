package dev.almanac.transforms.parquet.write;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.IntColumn;
import dev.almanac.transforms.column.LongColumn;
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
    if (column instanceof FloatColumn floats) {
      range.addFloats(floats.values(), from, to);
      values.asFloatBuffer().put(floats.values(), from, to - from);
    } else if (column instanceof IntColumn ints) {
      range.addInts(ints.values(), from, to);
      values.asIntBuffer().put(ints.values(), from, to - from);
    } else if (hasNulls) {
      appendEach(column, from, to);
      return;
    } else if (column instanceof DoubleColumn doubles) {
      range.addDoubles(doubles.values(), from, to);
      values.asDoubleBuffer().put(doubles.values(), from, to - from);
    } else if (field().type() == ColumnType.DATE) {
      appendEach(column, from, to);
      return;
    } else {
      long[] longs = ((LongColumn) column).values();
      range.addLongs(longs, from, to);
      values.asLongBuffer().put(longs, from, to - from);
    }
    values.position(values.position() + (to - from) * width);
  }

  private void appendEach(Column column, int from, int to) throws IOException {
    for (int row = from; row < to; row++) {
      if (column.isNull(row)) {
        continue;
      }
      if (column instanceof DoubleColumn doubles) {
        range.addDoubles(doubles.values(), row, row + 1);
        values.putDouble(doubles.values()[row]);
        continue;
      }
      long value = ((LongColumn) column).values()[row];
      range.addLong(value);
      if (width == 8) {
        values.putLong(value);
      } else if ((int) value == value) {
        values.putInt((int) value);
      } else {
        throw new ForeseenException(
            "Cannot write column '%s': a date is at most 2,147,483,647 days from 1970-01-01 (%s)"
                .formatted(field().name(), value));
      }
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
