package dev.almanac.transforms.parquet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Whether a page's bytes hold the values that its header counts.
 *
 * <p>Parquet-java fills up what is missing with zeros in bit-packed runs, and leaves alone what is
 * too much: a page that was cut, or whose header lies, reads as other values. Here levels and
 * values must be as long as their encoding makes so many; of values that are only found by decoding
 * them, the count that stands before them. What is wrong is told by an {@link
 * IllegalArgumentException}.
 */
final class PageShape {
  private final PrimitiveType type;

  PageShape(PrimitiveType type) {
    this.type = type;
  }

  /**
   * Checks definition levels of one bit.
   *
   * @param levels the levels alone
   * @return how many of the values are there
   */
  static int present(ByteBuffer levels, int values) {
    return (int) runs(levels, 1, values, "levels");
  }

  /** Checks the values behind the levels. */
  void check(ByteBuffer values, int present, Encoding encoding) {
    if (present == 0) {
      return;
    }
    ByteBuffer bytes = values.slice().order(ByteOrder.LITTLE_ENDIAN);
    switch (encoding) {
      case PLAIN -> plain(bytes, present);
      case PLAIN_DICTIONARY, RLE_DICTIONARY -> {
        require(bytes.remaining() > 0, "a page has %s values and no bytes", present);
        int width = bytes.get() & 0xFF;
        require(width <= Integer.SIZE, "a page's indices have %s bits", width);
        runs(bytes, width, present, "indices");
      }
      case RLE -> {
        require(bytes.remaining() >= Integer.BYTES, "a page of truth values has no length");
        int length = bytes.getInt();
        require(
            length >= 0 && length <= bytes.remaining(),
            "a page's truth values have %s bytes",
            length);
        runs(bytes.slice(bytes.position(), length), 1, present, "truth values");
      }
      case BYTE_STREAM_SPLIT -> exact(bytes.remaining(), (long) present * width(), present);
      case DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY, DELTA_BYTE_ARRAY -> {
        varint(bytes);
        varint(bytes);
        long count = varint(bytes);
        require(
            count == present, "a page has %s values where its header counts %s", count, present);
      }
      default -> {}
    }
  }

  private void plain(ByteBuffer bytes, int present) {
    if (type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY) {
      for (int i = 0; i < present; i++) {
        require(bytes.remaining() >= Integer.BYTES, "a page ends before text %s of %s", i, present);
        int length = bytes.getInt();
        require(
            length >= 0 && length <= bytes.remaining(),
            "text %s of %s is said to have %s bytes, beyond its page",
            i,
            present,
            length);
        bytes.position(bytes.position() + length);
      }
      require(!bytes.hasRemaining(), "%s bytes follow a page's last text", bytes.remaining());
    } else if (type.getPrimitiveTypeName() == PrimitiveTypeName.BOOLEAN) {
      exact(bytes.remaining(), (present + 7L) / 8, present);
    } else {
      exact(bytes.remaining(), (long) present * width(), present);
    }
  }

  private int width() {
    return switch (type.getPrimitiveTypeName()) {
      case INT32, FLOAT -> Integer.BYTES;
      case INT64, DOUBLE -> Long.BYTES;
      case INT96 -> 12;
      default -> type.getTypeLength();
    };
  }

  private static void exact(long bytes, long wanted, int values) {
    require(
        bytes == wanted,
        "a page of %s values has %s bytes where they need %s",
        values,
        bytes,
        wanted);
  }

  /**
   * Walks runs of equal and of bit-packed values; the last packed run may lack the bytes that only
   * fill it up, as some writers have it.
   *
   * @return the sum of the values when they have one bit, else 0
   */
  private static long runs(ByteBuffer runs, int width, int values, String what) {
    ByteBuffer bytes = runs.slice().order(ByteOrder.LITTLE_ENDIAN);
    int left = values;
    long sum = 0;
    int valueBytes = (width + 7) / 8;
    while (left > 0) {
      if (width == 0 && !bytes.hasRemaining()) {
        return 0;
      }
      require(bytes.hasRemaining(), "a page's %s end %s early (of %s)", what, left, values);
      long header = varint(bytes);
      if ((header & 1) == 0) {
        long count = header >>> 1;
        require(count > 0, "a page's %s have an empty run", what);
        require(bytes.remaining() >= valueBytes, "a page's %s end inside a run", what);
        int value = 0;
        for (int i = 0; i < valueBytes; i++) {
          value |= (bytes.get() & 0xFF) << (8 * i);
        }
        require(
            width == Integer.SIZE || value >>> width == 0,
            "a page's %s hold %s in %s bits",
            what,
            value,
            width);
        int taken = (int) Math.min(left, count);
        sum += width == 1 ? (long) value * taken : 0;
        left -= taken;
      } else {
        long count = (header >>> 1) * 8;
        require(count > 0, "a page's %s have an empty run", what);
        int taken = (int) Math.min(left, count);
        long needed = ((long) taken * width + 7) / 8;
        require(
            bytes.remaining() >= needed,
            "a page's %s have %s bytes where %s values need %s",
            what,
            bytes.remaining(),
            taken,
            needed);
        if (width == 1) {
          sum += ones(bytes, taken);
        }
        long whole = count * width / 8;
        bytes.position(bytes.position() + (int) Math.min(whole, bytes.remaining()));
        left -= taken;
      }
    }
    return sum;
  }

  private static int ones(ByteBuffer bytes, int bits) {
    int ones = 0;
    for (int i = 0; i < bits; i += 8) {
      int next = bytes.get(bytes.position() + i / 8) & 0xFF;
      ones += Integer.bitCount(bits - i >= 8 ? next : next & (1 << (bits - i)) - 1);
    }
    return ones;
  }

  private static long varint(ByteBuffer bytes) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      require(bytes.hasRemaining(), "a page ends inside a number");
      byte next = bytes.get();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a page holds a number without an end");
  }

  private static void require(boolean holds, String rule, Object... actual) {
    if (!holds) {
      throw new IllegalArgumentException(rule.formatted(actual));
    }
  }
}
