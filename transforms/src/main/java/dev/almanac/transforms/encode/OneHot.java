package dev.almanac.transforms.encode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.analyze.Analyzer;
import dev.almanac.transforms.analyze.ColumnStatistics;
import dev.almanac.transforms.analyze.ValueCounts;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.encode.vocabulary.Vocabulary;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.json.MayBeAbsent;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives each category a number of its own, 1 where a cell has it and else 0, so that models which
 * only know numbers read categories too.
 *
 * <p>The vocabulary is that of {@link Index}. Numbers are named {@code COLUMN=category}. Where
 * train has values that the vocabulary leaves out, {@code COLUMN.other} stands for them and for all
 * that train has not, as in scikit-learn's {@code handle_unknown="infrequent_if_exist"}; else such
 * values are zeros all through, as in its {@code "ignore"}. Where train has missing cells, {@code
 * COLUMN.missing} stands for them; else they are zeros all through. No category is dropped.
 *
 * @param minCount values that train holds less often are left out; null is 1
 * @param maxSize at most so many values are kept; null keeps all
 */
public record OneHot(@MayBeAbsent Long minCount, @MayBeAbsent Integer maxSize)
    implements NominalStep {
  /** The most categories: each takes four bytes of every row. */
  static final int MOST = 1024;

  public OneHot {
    new Index(minCount, maxSize);
  }

  /** Keeps every value. */
  public OneHot() {
    this(null, null);
  }

  @Override
  public List<Class<? extends Analyzer<?>>> analyzers() {
    return List.of(ValueCounts.class);
  }

  @Override
  public CategoryEncoder fit(String column, ColumnStatistics train) {
    ValueCounts counts = train.of(ValueCounts.class);
    Vocabulary vocabulary = new Index(minCount, maxSize).fit(counts);
    if (vocabulary.size() > MOST) {
      throw new FitException(
          "Cannot fit column '%s': one-hot makes a column of each category, at most %s (%s); set its max-size, or choose another step"
              .formatted(column, MOST, vocabulary.size()));
    }
    return new Learned(
        column,
        List.of(this),
        counts.count(),
        counts.nulls(),
        (long) counts.distinct(),
        vocabulary,
        List.of());
  }

  @Override
  public CategoryEncoder read(ObjectNode written, Vocabulary vocabulary) {
    Keys keys = Json.mapper().convertValue(written, Keys.class);
    return new Learned(
        keys.column, keys.steps, keys.count, keys.nulls, keys.distinct, vocabulary, List.of());
  }

  /** The written form. */
  private record Keys(
      String column,
      List<NominalStep> steps,
      long count,
      long nulls,
      Long distinct,
      int cardinality) {}

  /**
   * What was learned.
   *
   * @param indicators follow from the rest
   */
  record Learned(
      String column,
      List<NominalStep> steps,
      long count,
      long nulls,
      Long distinct,
      Vocabulary vocabulary,
      List<Indicator> indicators)
      implements CategoryEncoder {
    Learned {
      steps = List.copyOf(steps);
      List<Indicator> named = new ArrayList<>();
      vocabulary
          .entries()
          .forEach(
              entry ->
                  named.add(
                      new Indicator(
                          IndicatorName.of(column, entry.value()),
                          Vocabulary.FIRST + named.size())));
      if (count > vocabulary.count()) {
        named.add(new Indicator(column + ".other", Vocabulary.UNKNOWN));
      }
      if (nulls > 0) {
        named.add(new Indicator(column + NumericEncoder.MISSING_SUFFIX, Vocabulary.NULL));
      }
      indicators = List.copyOf(named);
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

    @Override
    public ObjectNode written() {
      return Json.mapper()
          .valueToTree(new Keys(column, steps, count, nulls, distinct, cardinality()));
    }
  }
}
