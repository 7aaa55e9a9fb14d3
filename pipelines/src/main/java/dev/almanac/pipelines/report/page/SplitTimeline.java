package dev.almanac.pipelines.report.page;

import dev.almanac.transforms.split.DateRange;
import dev.almanac.transforms.split.Split;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The split's date ranges on one line.
 *
 * <p>An open end that no data bounds gets as many days a row as the other ranges have.
 */
public record SplitTimeline(List<Segment> segments) {
  private static final double DAYS_WITHOUT_OTHERS = 365;

  public SplitTimeline {
    segments = List.copyOf(segments);
  }

  /**
   * A split's place on the line.
   *
   * @param left from 0 to 1
   * @param width from 0 to 1
   * @param range as it was asked for
   */
  public record Segment(Split split, double left, double width, DateRange range, long rows) {}

  /**
   * Lays out ranges.
   *
   * @param ranges of all three splits, in order, without overlaps; inner ends are closed
   * @param rows of each split
   * @param last the last day known of the test split; null when not known
   */
  public static SplitTimeline of(
      Map<Split, DateRange> ranges, Map<Split, Long> rows, LocalDate last) {
    DateRange test = ranges.get(Split.TEST);
    LocalDate end = test.until() != null || last == null ? test.until() : last.plusDays(1);
    double closedDays = 0;
    long closedRows = 0;
    for (Split split : Split.values()) {
      LocalDate until = split == Split.TEST ? end : ranges.get(split).until();
      LocalDate from = ranges.get(split).from();
      if (from != null && until != null) {
        closedDays += until.toEpochDay() - from.toEpochDay();
        closedRows += rows.get(split);
      }
    }
    double daysPerRow = closedRows == 0 ? 0 : closedDays / closedRows;
    double[] from = new double[Split.values().length];
    double[] until = new double[Split.values().length];
    for (Split split : Split.values()) {
      DateRange range = ranges.get(split);
      LocalDate stop = split == Split.TEST ? end : range.until();
      double days = daysPerRow == 0 ? DAYS_WITHOUT_OTHERS : daysPerRow * rows.get(split);
      int i = split.ordinal();
      from[i] = range.from() == null ? stop.toEpochDay() - days : range.from().toEpochDay();
      until[i] = stop == null ? from[i] + days : stop.toEpochDay();
    }
    double first = from[0];
    double span = Math.max(1, until[until.length - 1] - first);
    List<Segment> segments = new ArrayList<>();
    for (Split split : Split.values()) {
      int i = split.ordinal();
      segments.add(
          new Segment(
              split,
              (from[i] - first) / span,
              (until[i] - from[i]) / span,
              ranges.get(split),
              rows.get(split)));
    }
    return new SplitTimeline(segments);
  }
}
