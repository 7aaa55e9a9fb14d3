package dev.almanac.transforms.encode;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.IntColumn;
import dev.almanac.transforms.encode.vocabulary.Vocabulary;
import java.util.List;

/**
 * A nominal feature as it was learned: an index of its vocabulary for each cell's {@link
 * Column#asText text}.
 *
 * @param steps what was asked
 * @param count cells of train with a value
 * @param nulls cells of train without
 * @param distinct different values in train, those left out of the vocabulary included
 */
public record NominalEncoder(
    String column,
    List<NominalStep> steps,
    long count,
    long nulls,
    long distinct,
    Vocabulary vocabulary)
    implements CategoryEncoder {
  public NominalEncoder {
    steps = List.copyOf(steps);
  }

  @Override
  public int cardinality() {
    return vocabulary.cardinality();
  }

  @Override
  public IntColumn encode(Column cells) {
    return new IntColumn(vocabulary.indices(cells.asText()));
  }
}
