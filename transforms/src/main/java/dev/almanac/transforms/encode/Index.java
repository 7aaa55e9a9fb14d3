package dev.almanac.transforms.encode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.analyze.Analyzer;
import dev.almanac.transforms.analyze.ColumnStatistics;
import dev.almanac.transforms.analyze.CountedTexts;
import dev.almanac.transforms.analyze.ValueCounts;
import dev.almanac.transforms.encode.vocabulary.Vocabulary;
import dev.almanac.transforms.json.MayBeAbsent;
import java.util.List;

/**
 * Maps categories to indices: 0 is null, 1 a value that is not in the vocabulary, and from 2 on the
 * vocabulary, the most frequent value of train first, equal counts by {@link String#compareTo}.
 *
 * @param minCount values that train holds less often are left out; null is 1
 * @param maxSize at most so many values are kept; null keeps all
 */
public record Index(@MayBeAbsent Long minCount, @MayBeAbsent Integer maxSize)
    implements NominalStep {
  public Index {
    if (minCount != null && minCount < 1) {
      throw new IllegalArgumentException("min-count must be 1 or more (%s)".formatted(minCount));
    }
    if (maxSize != null && maxSize < 1) {
      throw new IllegalArgumentException("max-size must be 1 or more (%s)".formatted(maxSize));
    }
  }

  /** Keeps every value. */
  public Index() {
    this(null, null);
  }

  @Override
  public List<Class<? extends Analyzer<?>>> analyzers() {
    return List.of(ValueCounts.class);
  }

  @Override
  public NominalEncoder fit(String column, ColumnStatistics train) {
    ValueCounts counts = train.of(ValueCounts.class);
    return new NominalEncoder(
        column,
        List.of(this),
        counts.count(),
        counts.nulls(),
        (long) counts.distinct(),
        fit(counts));
  }

  @Override
  public NominalEncoder read(ObjectNode written, Vocabulary vocabulary) {
    return NominalEncoder.read(written, vocabulary);
  }

  /** The vocabulary of these counts. */
  public Vocabulary fit(ValueCounts counts) {
    long least = minCount == null ? 1 : minCount;
    CountedTexts values = counts.byCount();
    int most = maxSize == null ? values.size() : Math.min(values.size(), maxSize);
    int size = 0;
    while (size < most && values.count(size) >= least) {
      size++;
    }
    return Vocabulary.ofFirst(values, size);
  }
}
