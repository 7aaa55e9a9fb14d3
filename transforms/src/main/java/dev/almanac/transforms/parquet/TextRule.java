package dev.almanac.transforms.parquet;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.schema.text.DateForm;
import java.util.function.DoublePredicate;

/**
 * How cells of a parquet column become the texts that the train files had for the same values.
 *
 * @param trained what train read the column as
 * @param form how train's dates are written; null unless it read dates
 * @param kept whether the cells ride along, so that a time of day is not dropped
 * @param decimal what train's files write for the point
 * @param missing the numbers that mean a missing cell
 */
public record TextRule(
    ColumnType trained, DateForm form, boolean kept, char decimal, DoublePredicate missing) {
  /** The least double that is beyond every long. */
  private static final double BEYOND_LONG = 0x1p63;

  /** Whether cells have a text here, beside those that have one without a rule. */
  boolean reads(ParquetKind kind) {
    return (kind == ParquetKind.REAL || kind == ParquetKind.BOOLEAN) && trained != ColumnType.DATE;
  }

  /** Whole numbers without a point, unless train read numbers with one. */
  String number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < BEYOND_LONG;
    return whole && trained != ColumnType.DOUBLE
        ? Long.toString((long) value)
        : pointed(Double.toString(value + 0.0));
  }

  String pointed(String number) {
    return number.replace('.', decimal);
  }

  /** What it is as a column of train's type: 1 and 0 among numbers. */
  String truth(boolean value) {
    return trained == ColumnType.STRING ? Boolean.toString(value) : value ? "1" : "0";
  }

  String day(long epochDay) {
    return (form == null ? DateForm.ISO : form).format(epochDay);
  }

  /** A point in time: its day where train read days. */
  String time(String text, long epochDay) {
    boolean loses = kept && !text.substring(10).matches("T00:00:00Z?");
    return trained != ColumnType.DATE || loses ? text : day(epochDay);
  }
}
