package dev.almanac.training.data.read;

import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The local files of a split, each mapped into memory once for the lifetime of a reader, so that
 * reading them again costs no system call. The operating system takes pages back when it needs
 * them, and the mappings end when the garbage collector finds the reader gone. Thread-safe.
 *
 * <p>Computing on the bytes of a mapped file that was cut short would crash the JVM. They are
 * therefore only copied, where Java throws an {@link InternalError} instead.
 */
public final class MappedFiles {
  private static final long SEGMENT_BYTES = 1L << 30;

  private final RowGroupCatalog catalog;
  private final Map<String, PlainPages.Bytes> files = new HashMap<>();

  public MappedFiles(RowGroupCatalog catalog) {
    this.catalog = catalog;
  }

  /** The bytes of a row group's file; null when it is not on a local disk. */
  synchronized PlainPages.Bytes of(RowGroup group) throws IOException {
    String path = catalog.file(group).path();
    if (!files.containsKey(path)) {
      try (SeekableByteChannel channel = Storage.openSeekable(path)) {
        files.put(path, channel instanceof FileChannel local ? map(local) : null);
      }
    }
    return files.get(path);
  }

  private static PlainPages.Bytes map(FileChannel channel) throws IOException {
    List<MappedByteBuffer> segments = new ArrayList<>();
    long size = channel.size();
    for (long at = 0; at < size; at += SEGMENT_BYTES) {
      segments.add(
          channel.map(FileChannel.MapMode.READ_ONLY, at, Math.min(SEGMENT_BYTES, size - at)));
    }
    return (into, position) -> read(segments, size, into, position);
  }

  private static int read(
      List<MappedByteBuffer> segments, long size, ByteBuffer into, long position) {
    if (position >= size) {
      return -1;
    }
    MappedByteBuffer segment = segments.get((int) (position / SEGMENT_BYTES));
    int from = (int) (position % SEGMENT_BYTES);
    int count = Math.min(into.remaining(), segment.capacity() - from);
    into.put(into.position(), segment, from, count);
    into.position(into.position() + count);
    return count;
  }
}
