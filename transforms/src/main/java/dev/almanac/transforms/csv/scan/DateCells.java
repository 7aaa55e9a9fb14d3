package dev.almanac.transforms.csv.scan;

import dev.almanac.transforms.column.LongAppender;
import dev.almanac.transforms.reject.RejectReason;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.text.DateForm;
import java.time.LocalDate;

/** Dates in the form of their column. Not thread-safe. */
final class DateCells extends CellReader {
  private final LongAppender values;
  private final DateForm form;
  private long last;

  DateCells(SourceColumn column, int position, NullTexts nulls, LongAppender values) {
    super(column, position, nulls, values);
    this.values = values;
    this.form = column.dateForm();
  }

  @Override
  RejectReason append(byte[] bytes, int from, int to) {
    long day = form.parse(bytes, from, to);
    if (day == DateForm.NO_DATE) {
      return noText(bytes, from, to, RejectReason.NOT_A_DATE);
    }
    last = day;
    values.append(day);
    return null;
  }

  @Override
  public RejectReason readValue(Object value) {
    if (!(value instanceof LocalDate date)) {
      throw wrongType(value);
    }
    values.append(date.toEpochDay());
    return null;
  }

  @Override
  void appendLast() {
    values.append(last);
  }
}
