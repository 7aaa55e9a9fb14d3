package dev.almanac.transforms.analyze;

import dev.almanac.transforms.problem.ForeseenException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Numbers in as many bytes as they need (seven bits a byte, the lowest first), and text. */
public final class Compact {
  private Compact() {}

  /** Writes 64 bits; small numbers that are not negative are short. */
  public static void writeLong(DataOutput out, long value) throws IOException {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.writeByte((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  public static long readLong(DataInput in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = in.readByte();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new ForeseenException("Cannot read a compact number: it has no end");
  }

  /** Writes an int that is mostly small and not negative. */
  public static void writeInt(DataOutput out, int value) throws IOException {
    writeLong(out, value & 0xffffffffL);
  }

  public static int readInt(DataInput in) throws IOException {
    return (int) readLong(in);
  }

  /** Writes text of any length as UTF-8. */
  public static void writeText(DataOutput out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    writeInt(out, bytes.length);
    out.write(bytes);
  }

  public static String readText(DataInput in) throws IOException {
    byte[] bytes = new byte[readInt(in)];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
