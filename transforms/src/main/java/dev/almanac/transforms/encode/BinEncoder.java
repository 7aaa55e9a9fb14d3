package dev.almanac.transforms.encode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.analyze.Bins;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.encode.vocabulary.Vocabulary;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.RefusedException;
import java.util.List;

/**
 * A column of numbers in bins, as they were learned: {@link Vocabulary#NULL} for null, and from
 * {@link Vocabulary#FIRST} on the bin, the lowest first. No value is {@link Vocabulary#UNKNOWN},
 * whose index stays unused so that all categories are laid out alike.
 *
 * <p>Integers become the nearest double first.
 *
 * @param steps what was asked
 * @param edges between bins, strictly rising; an edge belongs to the bin above it
 */
public record BinEncoder(
    String column, List<NominalStep> steps, List<Double> edges, NumericSummary statistics)
    implements CategoryEncoder {
  /** The written form. */
  private record Keys(
      String column,
      List<NominalStep> steps,
      long count,
      long nulls,
      int cardinality,
      List<Double> edges,
      NumericSummary statistics) {}

  public BinEncoder {
    steps = List.copyOf(steps);
    edges = List.copyOf(edges);
  }

  static BinEncoder read(ObjectNode written) {
    Keys keys = Json.mapper().convertValue(written, Keys.class);
    return new BinEncoder(keys.column, keys.steps, keys.edges, keys.statistics);
  }

  @Override
  public ObjectNode written() {
    return Json.mapper()
        .valueToTree(new Keys(column, steps, count(), nulls(), cardinality(), edges, statistics));
  }

  @Override
  public Categories categories() {
    return new Categories.Ranges(edges, statistics);
  }

  @Override
  public boolean readsNumbers() {
    return true;
  }

  @Override
  public ReferenceColumn reference() {
    return ReferenceColumn.of(column, statistics);
  }

  @Override
  public int[] places(ReferenceColumn reference, Column cells, List<Column> encoded) {
    return reference.placesOfNumbers(cells);
  }

  @Override
  public Long distinct() {
    return null;
  }

  @Override
  public long count() {
    return statistics.count();
  }

  @Override
  public long nulls() {
    return statistics.nulls();
  }

  /** How many bins there are. */
  public int bins() {
    return edges.size() + 1;
  }

  @Override
  public int cardinality() {
    return Vocabulary.FIRST + bins();
  }

  @Override
  public int[] indices(Column cells) {
    if (!cells.type().isNumeric()) {
      throw new RefusedException(
          "Cannot encode column '%s': it must hold numbers (%s)".formatted(column, cells.type()));
    }
    int[] indices = Bins.of(edges, cells);
    for (int row = 0; row < indices.length; row++) {
      indices[row] = indices[row] < 0 ? Vocabulary.NULL : Vocabulary.FIRST + indices[row];
    }
    return indices;
  }
}
