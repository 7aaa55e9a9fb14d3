package dev.almanac.transforms.staging;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.almanac.transforms.column.ColumnNames;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a person should know of a range of a source file though its rows were read.
 *
 * @param undated rows without a date, where a feature step makes it; they are outside of the split
 * @param future rows by day, of the days after the one on which the dataset was begun
 * @param missing wanted columns that the file lacks, said of its first range alone
 */
public record RangeFindings(
    long undated,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<DayRows> future,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Missing> missing)
    implements Serializable {
  static final RangeFindings NONE = new RangeFindings(0, List.of(), List.of());

  public RangeFindings {
    future = future == null ? List.of() : List.copyOf(future);
    missing = missing == null ? List.of() : List.copyOf(missing);
  }

  /**
   * Rows of one day.
   *
   * @param day since 1970-01-01
   */
  public record DayRows(long day, long rows) implements Serializable {}

  /**
   * A column that a file lacks.
   *
   * @param near the column it has whose name differs in case, blanks or punctuation alone; null
   *     when there is none
   */
  public record Missing(String column, String near) implements Serializable {}

  /** Gathers the findings of one range. Not thread-safe. */
  static final class Gathered {
    private final long today;
    private final Map<Long, Long> future = new TreeMap<>();
    private long undated;

    /**
     * @param today the day on which the dataset was begun
     */
    Gathered(long today) {
      this.today = today;
    }

    void addDays(long[] days, byte[] codes, byte noDate) {
      for (int row = 0; row < days.length; row++) {
        if (codes[row] == noDate) {
          undated++;
        } else if (days[row] > today) {
          future.merge(days[row], 1L, Long::sum);
        }
      }
    }

    long undated() {
      return undated;
    }

    RangeFindings findings(List<Missing> missing) {
      List<DayRows> days = new ArrayList<>();
      future.forEach((day, rows) -> days.add(new DayRows(day, rows)));
      return new RangeFindings(undated, days, missing);
    }
  }

  /** The wanted columns that a file lacks, each with the name in it that is alike. */
  static List<Missing> missing(List<String> lacking, List<String> header, Set<String> wanted) {
    List<String> others = header.stream().filter(name -> !wanted.contains(name)).toList();
    return lacking.stream()
        .distinct()
        .map(column -> new Missing(column, ColumnNames.alike(column, others).orElse(null)))
        .toList();
  }
}
