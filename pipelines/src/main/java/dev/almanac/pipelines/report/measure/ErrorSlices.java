package dev.almanac.pipelines.report.measure;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.LongColumn;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/** The errors of a split's rows: all together, by month, over time and by group. */
public final class ErrorSlices {
  private final KeptColumns kept;
  private final ErrorTotals all = new ErrorTotals();
  private final ErrorByMonth byMonth = new ErrorByMonth();
  private final ErrorOverTime overTime;
  private final List<ErrorByGroup> byGroup;

  ErrorSlices(KeptColumns kept, DateSpan dates) {
    this.kept = kept;
    this.overTime =
        new ErrorOverTime(
            dates.isEmpty() ? Period.MONTH : Period.over(dates.first(), dates.last()));
    this.byGroup =
        kept.groups().stream()
            .map(group -> new ErrorByGroup(group.source(), ColumnType.of(group.type())))
            .toList();
  }

  /** The first and the last day of some rows. */
  public static final class DateSpan {
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    void add(LongColumn dates) {
      for (int row = 0; row < dates.rows(); row++) {
        if (!dates.isNull(row)) {
          first = Math.min(first, dates.values()[row]);
          last = Math.max(last, dates.values()[row]);
        }
      }
    }

    public boolean isEmpty() {
      return first > last;
    }

    LocalDate first() {
      return LocalDate.ofEpochDay(first);
    }

    public LocalDate last() {
      return LocalDate.ofEpochDay(last);
    }
  }

  /** Adds rows; the batch holds the kept columns. */
  void add(RowErrors errors, ColumnBatch batch) {
    IntStream.range(0, errors.rows()).forEach(row -> all.add(errors, row));
    if (kept.date() != null) {
      LongColumn dates = (LongColumn) batch.column(kept.date().name());
      byMonth.add(errors, dates);
      overTime.add(errors, dates);
    }
    for (int i = 0; i < byGroup.size(); i++) {
      byGroup.get(i).add(errors, batch.column(kept.groups().get(i).name()));
    }
  }

  public ErrorTotals all() {
    return all;
  }

  public ErrorByMonth byMonth() {
    return byMonth;
  }

  public ErrorOverTime overTime() {
    return overTime;
  }

  public List<ErrorByGroup> byGroup() {
    return byGroup;
  }
}
