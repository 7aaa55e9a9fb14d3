package dev.almanac.transforms.analyze;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.problem.Names;
import dev.almanac.transforms.problem.RefusedException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The statistics of all columns of a stream of train rows: what a fit is made from.
 *
 * <p>Merging obeys the laws of {@link dev.almanac.transforms.analyze.Analyzer}: no order and no
 * grouping changes a byte of {@link #write}. Not thread-safe.
 */
public final class FitAccumulator {
  private final Map<String, ColumnStatistics> columns;
  private long rows;

  private FitAccumulator(Map<String, ColumnStatistics> columns) {
    this.columns = columns;
  }

  /**
   * Statistics of no row yet.
   *
   * @param wanted the columns, and what has to be learned of each
   */
  public static FitAccumulator of(Map<String, List<Class<? extends Analyzer<?>>>> wanted) {
    Map<String, ColumnStatistics> columns = new LinkedHashMap<>();
    wanted.forEach((name, analyzers) -> columns.put(name, ColumnStatistics.none(analyzers)));
    return new FitAccumulator(columns);
  }

  /** How many rows were added. */
  public long rows() {
    return rows;
  }

  /** Names of the columns watched, in a fixed order. */
  public List<String> columns() {
    return List.copyOf(columns.keySet());
  }

  /**
   * What is known of a column.
   *
   * @throws IllegalArgumentException when the column is not watched
   */
  public ColumnStatistics statistics(String column) {
    ColumnStatistics found = columns.get(column);
    if (found == null) {
      throw new RefusedException(
          "Cannot find statistics of column '%s': those watched are %s"
              .formatted(Names.of(column), Names.of(columns.keySet())));
    }
    return found;
  }

  /** Adds every row of a batch that has the columns after the feature steps. */
  public void add(ColumnBatch batch) {
    columns.forEach((name, statistics) -> statistics.add(batch.column(name)));
    rows += batch.rows();
  }

  /**
   * Adds some rows of a batch that has the columns after the feature steps.
   *
   * @param trainRows ascending, none twice
   */
  public void add(ColumnBatch batch, int[] trainRows) {
    add(batch.select(columns.keySet()).take(trainRows));
  }

  /**
   * Adds everything the other has seen.
   *
   * @throws IllegalArgumentException when it watches other columns
   */
  public void merge(FitAccumulator other) {
    if (!watched().equals(other.watched())) {
      throw new RefusedException(
          "Cannot merge statistics: they must be of the same columns (%s and %s)"
              .formatted(watched(), other.watched()));
    }
    columns.forEach((name, statistics) -> statistics.merge(other.columns.get(name)));
    rows += other.rows;
  }

  /**
   * Adds everything that another wrote, which is never held whole.
   *
   * @throws IOException when it cannot be read, or watches other columns
   */
  public void merge(DataInput in) throws IOException {
    rows += Compact.readLong(in);
    int size = Compact.readInt(in);
    if (size != columns.size()) {
      throw new ForeseenException(
          "Cannot merge statistics: they must be of %s columns (%s)"
              .formatted(columns.size(), size));
    }
    for (int left = size; left > 0; left--) {
      String name = Compact.readText(in);
      ColumnStatistics statistics = columns.get(name);
      int parts = in.readByte();
      if (statistics == null || statistics.parts() != parts) {
        throw new ForeseenException(
            "Cannot merge statistics: they must be of the same columns (column '%s' is not)"
                .formatted(name));
      }
      statistics.merge(in);
    }
  }

  /** Each column and which statistics are kept of it. */
  private Map<String, Integer> watched() {
    Map<String, Integer> watched = new LinkedHashMap<>();
    columns.forEach((name, statistics) -> watched.put(name, statistics.parts()));
    return watched;
  }

  public void write(DataOutput out) throws IOException {
    Compact.writeLong(out, rows);
    Compact.writeInt(out, columns.size());
    for (Map.Entry<String, ColumnStatistics> column : columns.entrySet()) {
      Compact.writeText(out, column.getKey());
      column.getValue().write(out);
    }
  }

  public static FitAccumulator read(DataInput in) throws IOException {
    long rows = Compact.readLong(in);
    Map<String, ColumnStatistics> columns = new LinkedHashMap<>();
    for (int left = Compact.readInt(in); left > 0; left--) {
      columns.put(Compact.readText(in), ColumnStatistics.read(in));
    }
    FitAccumulator read = new FitAccumulator(columns);
    read.rows = rows;
    return read;
  }
}
