package dev.almanac.transforms.encode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.encode.vocabulary.Vocabulary;
import dev.almanac.transforms.json.Json;
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
    Long distinct,
    Vocabulary vocabulary)
    implements CategoryEncoder {
  /** The written form. */
  private record Keys(
      String column,
      List<NominalStep> steps,
      long count,
      long nulls,
      Long distinct,
      int cardinality) {}

  public NominalEncoder {
    steps = List.copyOf(steps);
  }

  static NominalEncoder read(ObjectNode written, Vocabulary vocabulary) {
    Keys keys = Json.mapper().convertValue(written, Keys.class);
    return new NominalEncoder(
        keys.column, keys.steps, keys.count, keys.nulls, keys.distinct, vocabulary);
  }

  @Override
  public ObjectNode written() {
    return Json.mapper()
        .valueToTree(new Keys(column, steps, count, nulls, distinct, cardinality()));
  }

  @Override
  public int cardinality() {
    return vocabulary.cardinality();
  }

  @Override
  public int[] indices(Column cells) {
    return vocabulary.indices(cells.asText());
  }

  @Override
  public Categories categories() {
    return new Categories.Texts(vocabulary);
  }

  @Override
  public ReferenceColumn reference() {
    return ReferenceColumn.of(column, vocabulary, count, nulls);
  }
}
