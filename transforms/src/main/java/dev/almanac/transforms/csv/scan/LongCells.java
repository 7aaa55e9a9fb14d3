package dev.almanac.transforms.csv.scan;

import dev.almanac.transforms.column.LongAppender;
import dev.almanac.transforms.reject.RejectReason;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.text.NumberText;
import java.util.Set;

/** Integers. Not thread-safe. */
sealed class LongCells extends CellReader permits OddLongCells {
  /** Integers up to here are exact in binary64. */
  private static final double LARGEST_EXACT = 0x1p53;

  /** A program's own values that are integers. */
  private static final Set<Class<?>> WHOLE =
      Set.of(Long.class, Integer.class, Short.class, Byte.class);

  private final LongAppender values;
  private long last;

  LongCells(SourceColumn column, int position, NullTexts nulls, LongAppender values) {
    super(column, position, nulls, values);
    this.values = values;
  }

  @Override
  RejectReason append(byte[] bytes, int from, int to) {
    long value = NumberText.parseLong(bytes, from, to);
    if (value == NumberText.NO_LONG) {
      RejectReason reason =
          noNumber(bytes, from, to, RejectReason.NOT_AN_INTEGER, RejectReason.OUT_OF_RANGE);
      if (reason == RejectReason.NOT_AN_INTEGER
          && isWhole(NumberText.parseDouble(bytes, from, to))) {
        value = (long) NumberText.parseDouble(bytes, from, to);
        reason = null;
      }
      if (reason != null) {
        return reason;
      }
    }
    last = value;
    values.append(value);
    return null;
  }

  @Override
  public RejectReason readValue(Object value) {
    if (WHOLE.contains(value.getClass())) {
      values.append(((Number) value).longValue());
      return null;
    }
    if (value instanceof Number number && column.trained() != null) {
      if (!isWhole(number.doubleValue())) {
        return RejectReason.NOT_AN_INTEGER;
      }
      values.append(number.longValue());
      return null;
    }
    throw wrongType(value);
  }

  /** Whether {@code 7.0} is to be read as 7, and a number is such a one. */
  private boolean isWhole(double number) {
    return column.trained() != null
        && number == Math.rint(number)
        && Math.abs(number) <= LARGEST_EXACT;
  }

  @Override
  void appendLast() {
    values.append(last);
  }
}
