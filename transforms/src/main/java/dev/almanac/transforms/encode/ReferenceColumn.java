package dev.almanac.transforms.encode;

import dev.almanac.transforms.analyze.Bins;
import dev.almanac.transforms.analyze.ValueCounts.ValueCount;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.encode.vocabulary.Vocabulary;
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
public record ReferenceColumn(
    String column, List<Double> edges, List<String> categories, List<Long> counts, long nulls) {
  public static final int MOST = 20;

  public ReferenceColumn {
    edges = edges == null ? null : List.copyOf(edges);
    categories = categories == null ? null : List.copyOf(categories);
    counts = List.copyOf(counts);
  }

  /** Of a column of numbers. */
  static ReferenceColumn of(String column, NumericSummary train) {
    return new ReferenceColumn(
        column, train.bins().edges(), null, train.bins().counts(), train.nulls());
  }

  /**
   * Of a vocabulary.
   *
   * @param count cells of train with a value, be it in the vocabulary or not
   */
  static ReferenceColumn of(String column, Vocabulary vocabulary, long count, long nulls) {
    return of(column, vocabulary.entries(), vocabulary.count(), count, nulls);
  }

  /**
   * Of categories.
   *
   * @param ordered by how frequent they are, the most frequent first
   * @param known cells of train with one that has an index of its own
   * @param count cells of train with a value
   */
  static ReferenceColumn of(
      String column, List<ValueCount> ordered, long known, long count, long nulls) {
    List<ValueCount> shown = ordered.subList(0, Math.min(MOST, ordered.size()));
    List<Long> counts = new ArrayList<>(shown.stream().map(ValueCount::count).toList());
    long frequent = counts.stream().mapToLong(Long::longValue).sum();
    counts.add(known - frequent);
    counts.add(count - known);
    List<String> names = shown.stream().map(ValueCount::value).toList();
    return new ReferenceColumn(column, null, names, counts, nulls);
  }

  /** The bin of each number; -1 where there is none. */
  int[] placesOfNumbers(Column cells) {
    return Bins.of(edges, cells);
  }

  /**
   * The place of each index, of which those from {@link Vocabulary#FIRST} on are in the order of
   * the categories; -1 for null.
   */
  int[] placesOfIndices(int[] indices) {
    int others = categories.size();
    int[] places = new int[indices.length];
    for (int row = 0; row < places.length; row++) {
      int index = indices[row];
      places[row] =
          index == Vocabulary.NULL
              ? -1
              : index == Vocabulary.UNKNOWN
                  ? others + 1
                  : Math.min(index - Vocabulary.FIRST, others);
    }
    return places;
  }

  public boolean isNumeric() {
    return edges != null;
  }

  /** Cells with a value. */
  public long present() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  /** What the counts are of, in their order. */
  public List<String> names() {
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
