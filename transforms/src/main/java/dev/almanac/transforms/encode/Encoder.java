package dev.almanac.transforms.encode;

import dev.almanac.transforms.column.Column;
import java.io.Serializable;
import java.util.List;

/**
 * A feature as it was learned from train: what becomes of a cell on its way to a model.
 *
 * <p>A row is encoded to the same bits alone and in a batch of any size. Immutable and thread-safe.
 */
public sealed interface Encoder extends Serializable permits NumericEncoder, CategoryEncoder {
  /** The column that it reads, as the feature steps left it. */
  String column();

  /** What was asked. */
  List<? extends Step> steps();

  /** The columns that a model reads, in order; at least one. */
  List<Output> outputs();

  /**
   * The cells of {@link #outputs}, none of them missing.
   *
   * @throws FitException when a cell has no encoding
   */
  List<Column> encode(Column cells);

  /** Whether the value of a cell matters, as a number; else its text does. */
  boolean readsNumbers();

  /** Whether a missing cell has an encoding. */
  boolean takesNulls();

  /** How the column's cells lie in train. */
  ReferenceColumn reference();

  /**
   * The place of each cell among the counts of {@link #reference}; negative where it is missing.
   *
   * @param reference of this encoder
   * @param encoded what {@link #encode} made of the cells
   */
  int[] places(ReferenceColumn reference, Column cells, List<Column> encoded);
}
