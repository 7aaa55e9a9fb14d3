package dev.almanac.transforms.drift;

import dev.almanac.transforms.analyze.Compact;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.encode.ReferenceColumn;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * How further rows lie in the bins and categories of a {@link DriftReference}.
 *
 * <p>Integers that add: neither the order of rows, nor their cut into batches, nor the order or
 * grouping of merges changes a byte of {@link #write}. Not thread-safe.
 */
public final class DriftCounts {
  /** By column, in the reference's order. */
  private final long[][] counts;

  private final long[] nulls;
  private long rows;

  private DriftCounts(long[][] counts) {
    this.counts = counts;
    this.nulls = new long[counts.length];
  }

  static DriftCounts none(List<ReferenceColumn> columns) {
    return new DriftCounts(
        columns.stream().map(column -> new long[column.counts().size()]).toArray(long[][]::new));
  }

  /** How many rows were added. */
  public long rows() {
    return rows;
  }

  long[] counts(int column) {
    return counts[column].clone();
  }

  long nulls(int column) {
    return nulls[column];
  }

  /**
   * Adds rows.
   *
   * @param reference that these counts were made by
   * @param computed the rows after the feature steps
   * @param encoded the same rows as the reference's transform encodes them
   */
  public void add(DriftReference reference, ColumnBatch computed, ColumnBatch encoded) {
    for (int i = 0; i < counts.length; i++) {
      for (int place : reference.places(i, computed, encoded)) {
        if (place < 0) {
          nulls[i]++;
        } else {
          counts[i][place]++;
        }
      }
    }
    rows += computed.rows();
  }

  /** These counts and the other's, both of which stay as they are. */
  public DriftCounts plus(DriftCounts other) {
    DriftCounts sum =
        new DriftCounts(
            Arrays.stream(counts).map(bins -> new long[bins.length]).toArray(long[][]::new));
    sum.merge(this);
    sum.merge(other);
    return sum;
  }

  /**
   * Adds everything the other has seen.
   *
   * @throws IllegalArgumentException when it counts by another reference
   */
  public void merge(DriftCounts other) {
    if (!Arrays.equals(sizes(), other.sizes())) {
      throw new IllegalArgumentException(
          "Cannot merge counts: they must be by the same reference (%s and %s columns)"
              .formatted(counts.length, other.counts.length));
    }
    for (int i = 0; i < counts.length; i++) {
      for (int bin = 0; bin < counts[i].length; bin++) {
        counts[i][bin] += other.counts[i][bin];
      }
      nulls[i] += other.nulls[i];
    }
    rows += other.rows;
  }

  private int[] sizes() {
    return Arrays.stream(counts).mapToInt(bins -> bins.length).toArray();
  }

  public void write(DataOutput out) throws IOException {
    Compact.writeLong(out, rows);
    Compact.writeInt(out, counts.length);
    for (int i = 0; i < counts.length; i++) {
      Compact.writeLong(out, nulls[i]);
      Compact.writeInt(out, counts[i].length);
      for (long values : counts[i]) {
        Compact.writeLong(out, values);
      }
    }
  }

  public static DriftCounts read(DataInput in) throws IOException {
    long rows = Compact.readLong(in);
    long[][] counts = new long[Compact.readInt(in)][];
    long[] nulls = new long[counts.length];
    for (int i = 0; i < counts.length; i++) {
      nulls[i] = Compact.readLong(in);
      counts[i] = new long[Compact.readInt(in)];
      for (int bin = 0; bin < counts[i].length; bin++) {
        counts[i][bin] = Compact.readLong(in);
      }
    }
    DriftCounts read = new DriftCounts(counts);
    System.arraycopy(nulls, 0, read.nulls, 0, nulls.length);
    read.rows = rows;
    return read;
  }
}
