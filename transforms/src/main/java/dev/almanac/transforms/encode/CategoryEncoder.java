package dev.almanac.transforms.encode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.IntColumn;
import dev.almanac.transforms.encode.vocabulary.Vocabulary;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A nominal feature as it was learned: a category for each cell, told by its index below {@link
 * #cardinality}, of which {@link Vocabulary#NULL} is null's and {@link Vocabulary#UNKNOWN} that of
 * values which have none of their own.
 *
 * <p>A model reads the index, or a number for each of some indices that is 1 where the cell has it
 * and else 0.
 */
public sealed interface CategoryEncoder extends Encoder
    permits NominalEncoder, BinEncoder, OneHot.Learned, HashedOneHot.Learned {
  /** A number that is 1 where a cell has this index. */
  record Indicator(String name, int index) implements Serializable {}

  @Override
  List<NominalStep> steps();

  /** Cells of train with a value. */
  long count();

  /** Cells of train without. */
  long nulls();

  /** How many different values train has; null when they were not counted. */
  Long distinct();

  /** How many indices there are, those of null and unknown included. */
  int cardinality();

  /** The index of each row. */
  int[] indices(Column cells);

  /** Which categories there are, and how a cell comes to one. */
  Categories categories();

  /** What a model reads in place of the index; empty when it reads that. */
  default List<Indicator> indicators() {
    return List.of();
  }

  /** The keys of the written form, in order, but for the vocabulary, which may be large. */
  ObjectNode written();

  /** The vocabulary, to be written beside {@link #written}; null when there is none. */
  default Vocabulary vocabulary() {
    return null;
  }

  @Override
  default List<Output> outputs() {
    return indicators().isEmpty()
        ? List.of(Output.category(column(), cardinality()))
        : indicators().stream().map(indicator -> Output.number(indicator.name())).toList();
  }

  @Override
  default List<Column> encode(Column cells) {
    int[] indices = indices(cells);
    if (indicators().isEmpty()) {
      return List.of(new IntColumn(indices));
    }
    List<Column> columns = new ArrayList<>();
    for (Indicator indicator : indicators()) {
      float[] here = new float[indices.length];
      int index = indicator.index();
      for (int row = 0; row < here.length; row++) {
        here[row] = indices[row] == index ? 1f : 0f;
      }
      columns.add(new FloatColumn(here));
    }
    return columns;
  }

  @Override
  default boolean readsNumbers() {
    return false;
  }

  @Override
  default boolean takesNulls() {
    return true;
  }

  @Override
  default int[] places(ReferenceColumn reference, Column cells, List<Column> encoded) {
    return reference.placesOfIndices(
        indicators().isEmpty() ? ((IntColumn) encoded.get(0)).values() : indices(cells));
  }
}
