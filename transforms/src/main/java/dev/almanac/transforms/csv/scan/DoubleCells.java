package dev.almanac.transforms.csv.scan;

import dev.almanac.transforms.column.DoubleAppender;
import dev.almanac.transforms.reject.RejectReason;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.text.NumberText;

/** Numbers. Not thread-safe. */
sealed class DoubleCells extends CellReader permits OddDoubleCells {
  private final DoubleAppender values;
  private double last;

  DoubleCells(SourceColumn column, int position, NullTexts nulls, DoubleAppender values) {
    super(column, position, nulls, values);
    this.values = values;
  }

  @Override
  RejectReason append(byte[] bytes, int from, int to) {
    double value = NumberText.parseDouble(bytes, from, to);
    if (!(Math.abs(value) <= Double.MAX_VALUE)) {
      return noNumber(bytes, from, to, null, null);
    }
    last = value;
    values.append(value);
    return null;
  }

  @Override
  public RejectReason readValue(Object value) {
    if (!(value instanceof Number number)) {
      throw wrongType(value);
    }
    if (!Double.isFinite(number.doubleValue())) {
      return RejectReason.NOT_FINITE;
    }
    values.append(number.doubleValue());
    return null;
  }

  @Override
  void appendLast() {
    values.append(last);
  }
}
