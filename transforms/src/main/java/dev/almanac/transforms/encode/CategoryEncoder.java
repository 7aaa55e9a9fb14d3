package dev.almanac.transforms.encode;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.IntColumn;
import dev.almanac.transforms.encode.vocabulary.Vocabulary;
import java.io.Serializable;
import java.util.List;

/**
 * A nominal feature as it was learned: an index below {@link #cardinality} for each cell, of which
 * {@link Vocabulary#NULL} is null's. Immutable and thread-safe.
 */
public sealed interface CategoryEncoder extends Serializable permits NominalEncoder, BinEncoder {
  String column();

  /** What was asked. */
  List<NominalStep> steps();

  /** Cells of train with a value. */
  long count();

  /** Cells of train without. */
  long nulls();

  /** How many indices there are, those of null and unknown included. */
  int cardinality();

  /** The index of each row. */
  IntColumn encode(Column cells);
}
