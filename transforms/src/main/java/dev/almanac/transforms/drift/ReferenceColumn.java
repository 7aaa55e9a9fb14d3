package dev.almanac.transforms.drift;

import dev.almanac.transforms.analyze.ValueCounts.ValueCount;
import dev.almanac.transforms.encode.NominalEncoder;
import dev.almanac.transforms.encode.NumericSummary;
import java.util.ArrayList;
import java.util.List;

/**
 * How a column's cells lie in train, after the row-wise features and before any encoding.
 *
 * @param edges between bins, an edge belonging to the bin above it; null of categories
 * @param categories the most frequent ones, at most {@value #MOST}; null of numbers
 * @param counts of the bins; or of the categories, then of all others that the vocabulary holds,
 *     then of those that it does not
 * @param nulls cells without a value
 */
record ReferenceColumn(
    String column, List<Double> edges, List<String> categories, List<Long> counts, long nulls) {
  static final int MOST = 20;

  ReferenceColumn {
    edges = edges == null ? null : List.copyOf(edges);
    categories = categories == null ? null : List.copyOf(categories);
    counts = List.copyOf(counts);
  }

  static ReferenceColumn of(String column, NumericSummary train) {
    return new ReferenceColumn(
        column, train.bins().edges(), null, train.bins().counts(), train.nulls());
  }

  static ReferenceColumn of(NominalEncoder train) {
    List<ValueCount> known = train.vocabulary().entries();
    List<ValueCount> shown = known.subList(0, Math.min(MOST, known.size()));
    List<Long> counts = new ArrayList<>(shown.stream().map(ValueCount::count).toList());
    long frequent = counts.stream().mapToLong(Long::longValue).sum();
    long all = train.vocabulary().count();
    counts.add(all - frequent);
    counts.add(train.count() - all);
    List<String> names = shown.stream().map(ValueCount::value).toList();
    return new ReferenceColumn(train.column(), null, names, counts, train.nulls());
  }

  boolean isNumeric() {
    return edges != null;
  }

  /** Cells with a value. */
  long present() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  /** What the counts are of, in their order. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    if (isNumeric()) {
      for (int bin = 0; bin < counts.size(); bin++) {
        names.add(
            "[%s, %s)"
                .formatted(
                    bin == 0 ? "-inf" : edges.get(bin - 1),
                    bin == edges.size() ? "inf" : edges.get(bin)));
      }
      return names;
    }
    names.addAll(categories);
    names.add("(other)");
    names.add("(unseen)");
    return names;
  }
}
