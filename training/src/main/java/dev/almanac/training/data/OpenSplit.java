package dev.almanac.training.data;

import dev.almanac.training.data.read.MappedFiles;
import dev.almanac.training.data.read.PackedRow;
import dev.almanac.training.data.read.RowGroup;
import dev.almanac.training.data.read.RowGroupCatalog;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A split that is open for one reader after another: its footers, its mapped files and, within a
 * bound, rows that stay decoded, which are not read again. Thread-safe.
 */
public final class OpenSplit {
  private final RowGroupCatalog catalog;
  private final MappedFiles files;
  private final int rowWords;
  private final AtomicLong left;
  private final Map<RowGroup, long[]> decoded = new ConcurrentHashMap<>();

  private OpenSplit(RowGroupCatalog catalog, long keptBytes) {
    this.catalog = catalog;
    this.files = new MappedFiles(catalog);
    this.rowWords = PackedRow.of(catalog.encoded()).words();
    this.left = new AtomicLong(keptBytes);
  }

  /**
   * Opens one that has rows.
   *
   * @param keptBytes of decoded rows that may stay in memory; 0 for none
   * @throws IOException when it has none, or its files are not as the dataset says
   */
  public static OpenSplit open(Dataset dataset, Split split, long keptBytes) throws IOException {
    return new OpenSplit(RowGroupCatalog.openFilled(dataset, split), keptBytes);
  }

  RowGroupCatalog catalog() {
    return catalog;
  }

  MappedFiles files() {
    return files;
  }

  /** The decoded rows of a group, packed one after the other; null when they are not kept. */
  long[] decoded(RowGroup group) {
    return decoded.get(group);
  }

  /** Memory for the decoded rows of a group; null when there is no room for them. */
  long[] room(RowGroup group) {
    long words = (long) group.rows() * rowWords;
    long bytes = words * Long.BYTES;
    if (words > Integer.MAX_VALUE - 8) {
      return null;
    }
    if (left.addAndGet(-bytes) < 0) {
      left.addAndGet(bytes);
      return null;
    }
    return new long[(int) words];
  }

  /** Keeps what {@link #room} was filled with. */
  void keep(RowGroup group, long[] rows) {
    if (decoded.putIfAbsent(group, rows) != null) {
      giveBack(rows);
    }
  }

  /** Takes back what {@link #room} was not filled with. */
  void giveBack(long[] room) {
    left.addAndGet((long) room.length * Long.BYTES);
  }

  /** Bytes of decoded rows in memory. */
  public long keptBytes() {
    return decoded.values().stream().mapToLong(rows -> (long) rows.length * Long.BYTES).sum();
  }
}
