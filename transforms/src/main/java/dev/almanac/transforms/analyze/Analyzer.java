package dev.almanac.transforms.analyze;

import dev.almanac.transforms.column.Column;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A statistic of one column that grows batch by batch and merges. Each has a public constructor of
 * a state that has seen nothing.
 *
 * <p>The laws: the state is a function of the multiset of cells alone, so neither the order of
 * cells, nor their cut into batches, nor the order or grouping of merges changes a byte of {@link
 * #write}. Nulls are counted apart or passed over. Not thread-safe; merging leaves the other
 * untouched.
 */
public sealed interface Analyzer<A extends Analyzer<A>>
    permits Moments, Quantiles, ValueBuckets, ValueCounts {
  /** How many cells held a value. */
  long count();

  /** Adds every row of a column. */
  void add(Column column);

  /** Adds these rows of a column. */
  default void add(Column column, int[] rows) {
    add(column.take(rows));
  }

  /** Adds everything that the other has seen. */
  void merge(A other);

  /** Adds everything that another wrote. */
  void merge(DataInput in) throws IOException;

  /** Writes the state in its one canonical form. */
  void write(DataOutput out) throws IOException;
}
