package dev.almanac.transforms.spool;

import dev.almanac.transforms.split.Split;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A block of rows of one split in a spool.
 *
 * @param range which of the ranges that the spool was written from, from 0; for rows without keys
 * @param run blocks of one run follow one another in order of their keys
 * @param bytes where it lies
 * @param keys the shuffle keys of its rows
 */
public record SpoolBlock(Split split, int range, int run, int rows, Stretch bytes, Keys keys) {
  /**
   * A stretch of the spool's file.
   *
   * @param offset of the first byte, and {@code length} in bytes
   * @param checksum CRC-32C of its bytes
   */
  public record Stretch(long offset, int length, int checksum) {}

  /**
   * The lowest shuffle key and the highest, by unsigned order; 0 for rows in source order.
   *
   * @param first the lowest
   * @param last the highest
   */
  public record Keys(long first, long last) {
    /** Whether some key from {@code low} to {@code high} may be among them. */
    public boolean meet(long low, long high) {
      return Long.compareUnsigned(last, low) >= 0 && Long.compareUnsigned(first, high) <= 0;
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeByte(split.ordinal());
    out.writeInt(range);
    out.writeInt(run);
    out.writeInt(rows);
    out.writeLong(bytes.offset);
    out.writeInt(bytes.length);
    out.writeLong(keys.first);
    out.writeLong(keys.last);
    out.writeInt(bytes.checksum);
  }

  static SpoolBlock read(DataInput in) throws IOException {
    Split split = Split.values()[in.readByte()];
    int range = in.readInt();
    int run = in.readInt();
    int rows = in.readInt();
    long offset = in.readLong();
    int length = in.readInt();
    Keys keys = new Keys(in.readLong(), in.readLong());
    return new SpoolBlock(split, range, run, rows, new Stretch(offset, length, in.readInt()), keys);
  }
}
