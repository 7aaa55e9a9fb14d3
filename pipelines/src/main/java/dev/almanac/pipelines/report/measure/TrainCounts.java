package dev.almanac.pipelines.report.measure;

import dev.almanac.transforms.analyze.ValueCounts.ValueCount;
import dev.almanac.transforms.encode.Categories;
import dev.almanac.transforms.encode.CategoryEncoder;
import dev.almanac.transforms.fit.FittedTransform;
import java.util.HashMap;
import java.util.Map;

/** How many rows of train had a value of a column: known where the column is a category. */
public final class TrainCounts {
  private final Map<String, Counts> columns = new HashMap<>();

  /**
   * @param rest of values that are not among the counts; null when it is not known
   */
  private record Counts(Map<String, Long> counts, long nulls, Long rest) {}

  /**
   * Those that a transform was fitted to.
   *
   * @param transform null when there is none
   */
  public static TrainCounts of(FittedTransform transform) {
    TrainCounts all = new TrainCounts();
    if (transform != null) {
      for (CategoryEncoder encoder : transform.nominal()) {
        Counts counts = encoder.categories().read(new CountsOf(encoder));
        if (counts != null) {
          all.columns.put(encoder.column(), counts);
        }
      }
    }
    return all;
  }

  /** What an encoder knows of train's texts; null when it does not, or has too many. */
  private record CountsOf(CategoryEncoder encoder) implements Categories.Reader<Counts> {
    @Override
    public Counts texts(Categories.Texts texts) {
      if (texts.vocabulary().size() > ErrorByGroup.MOST_GROUPS) {
        return null;
      }
      Map<String, Long> counts = new HashMap<>();
      for (ValueCount entry : texts.vocabulary().entries()) {
        counts.put(entry.value(), entry.count());
      }
      boolean whole = encoder.distinct() == texts.vocabulary().size();
      return new Counts(counts, encoder.nulls(), whole ? 0L : null);
    }

    @Override
    public Counts ranges(Categories.Ranges ranges) {
      return null;
    }

    @Override
    public Counts numbered(Categories.Numbered numbered) {
      return null;
    }
  }

  public boolean knows(String column) {
    return columns.containsKey(column);
  }

  /**
   * Rows of train with this value.
   *
   * @param value null for rows without one
   * @return null when it is not known
   */
  public Long rows(String column, String value) {
    Counts found = columns.get(column);
    if (found == null) {
      return null;
    }
    return value == null ? (Long) found.nulls() : found.counts().getOrDefault(value, found.rest());
  }
}
