package dev.almanac.transforms.csv.scan;

import dev.almanac.transforms.column.LongAppender;
import dev.almanac.transforms.reject.RejectReason;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.text.NumberForm;

/** Integers in another form, or some of which mean missing. */
final class OddLongCells extends LongCells {
  private final NullTexts nulls;
  private final NumberForm numbers;

  OddLongCells(
      SourceColumn column, int position, NullTexts nulls, NumberForm numbers, LongAppender values) {
    super(column, position, nulls, values);
    this.nulls = nulls;
    this.numbers = numbers;
  }

  @Override
  RejectReason append(byte[] bytes, int from, int to) {
    if (nulls.containsNumber(bytes, from, to)) {
      return readNull();
    }
    byte[] standard = numbers.standard(bytes, from, to);
    return standard == null
        ? noText(bytes, from, to, RejectReason.NOT_A_NUMBER)
        : super.append(standard, 0, standard.length);
  }
}
