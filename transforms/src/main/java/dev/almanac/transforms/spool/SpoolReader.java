package dev.almanac.transforms.spool;

import dev.almanac.transforms.column.BatchFormat;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.storage.Storage;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;

/** Reads the blocks of a spool, in any order. Not thread-safe. */
public final class SpoolReader implements AutoCloseable {
  private static final int TAIL_BYTES = Long.BYTES + Integer.BYTES;

  private final String path;
  private final SeekableByteChannel channel;
  private final TableSchema schema;
  private final List<SpoolBlock> blocks = new ArrayList<>();

  /** A block's rows and, in a shuffled split, their keys in ascending unsigned order. */
  public record Rows(ColumnBatch batch, long[] keys) {}

  public SpoolReader(String path) throws IOException {
    this.path = path;
    this.channel = Storage.openSeekable(path);
    long size = channel.size();
    DataInputStream tail = stream(read(size - TAIL_BYTES, TAIL_BYTES));
    long end = tail.readLong();
    if (tail.readInt() != SpoolWriter.MAGIC) {
      throw new ForeseenException("Cannot read spool %s: it is not whole".formatted(path));
    }
    DataInputStream index = stream(read(end, (int) (size - TAIL_BYTES - end)));
    this.schema = BatchFormat.readSchema(index);
    int count = index.readInt();
    for (int i = 0; i < count; i++) {
      blocks.add(SpoolBlock.read(index));
    }
  }

  public TableSchema schema() {
    return schema;
  }

  /** The blocks of one split, in the order they were written. */
  public List<SpoolBlock> blocks(Split split) {
    return blocks.stream().filter(block -> block.split() == split).toList();
  }

  /** The blocks of one split that were written from one range of the source. */
  public List<SpoolBlock> blocks(Split split, int range) {
    return blocks(split).stream().filter(block -> block.range() == range).toList();
  }

  public Rows read(SpoolBlock block) throws IOException {
    byte[] bytes = read(block.bytes().offset(), block.bytes().length());
    if (SpoolWriter.checksum(bytes) != block.bytes().checksum()) {
      throw new ForeseenException(
          "Cannot read spool %s: it was changed after it was written (block at byte %s)"
              .formatted(path, block.bytes().offset()));
    }
    DataInputStream in = stream(bytes);
    long[] keys = null;
    if (in.readBoolean()) {
      keys = new long[block.rows()];
      for (int i = 0; i < keys.length; i++) {
        keys[i] = in.readLong();
      }
    }
    return new Rows(BatchFormat.read(schema, in), keys);
  }

  private byte[] read(long offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    channel.position(offset);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new ForeseenException("Cannot read spool %s: it ends early".formatted(path));
      }
    }
    return bytes.array();
  }

  private static DataInputStream stream(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
