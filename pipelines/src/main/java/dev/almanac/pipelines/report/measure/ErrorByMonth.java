package dev.almanac.pipelines.report.measure;

import dev.almanac.transforms.column.LongColumn;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Errors by month of the calendar, all years together. */
public final class ErrorByMonth {
  private final ErrorTotals[] months =
      Stream.generate(ErrorTotals::new).limit(12).toArray(ErrorTotals[]::new);

  /** Adds rows; those without a date count nowhere. */
  void add(RowErrors errors, LongColumn dates) {
    for (int row = 0; row < errors.rows(); row++) {
      if (!dates.isNull(row)) {
        int month = LocalDate.ofEpochDay(dates.values()[row]).getMonthValue();
        months[month - 1].add(errors, row);
      }
    }
  }

  /** January first; months without rows have none. */
  public List<ErrorTotals> months() {
    return List.of(months);
  }

  /** How many months have rows. */
  public long filled() {
    return Arrays.stream(months).filter(month -> month.rows() > 0).count();
  }
}
