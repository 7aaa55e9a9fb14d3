package dev.almanac.transforms.feature.lift;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.column.Validity;

/**
 * The loops behind the common {@link CellFunction}s, over whole columns.
 *
 * <p>A row whose inputs are not all there is null; so is a row whose result is null or not finite.
 * The exceptions say so: {@link CellFunction.OfNull} and {@link CellFunction.KeepByText}.
 */
final class Lift {
  private Lift() {}

  static DoubleColumn doubles(Column column, CellFunction.OfDouble function) {
    double[] cells = column.numbers();
    Validity validity = column.validity();
    double[] results = new double[cells.length];
    long[] valid = words(cells.length);
    for (int row = 0; row < cells.length; row++) {
      if (validity.isValid(row)) {
        put(results, valid, row, function.apply(cells[row]));
      }
    }
    return new DoubleColumn(results, Validity.of(results.length, valid));
  }

  static DoubleColumn doubles(Column left, Column right, CellFunction.OfDoubles function) {
    double[] lefts = left.numbers();
    double[] rights = right.numbers();
    Validity validity = left.validity().and(right.validity());
    double[] results = new double[lefts.length];
    long[] valid = words(lefts.length);
    for (int row = 0; row < lefts.length; row++) {
      if (validity.isValid(row)) {
        put(results, valid, row, function.apply(lefts[row], rights[row]));
      }
    }
    return new DoubleColumn(results, Validity.of(results.length, valid));
  }

  static DoubleColumn doublesOfLongs(LongColumn column, CellFunction.LongToDouble function) {
    long[] cells = column.values();
    double[] results = new double[cells.length];
    long[] valid = words(cells.length);
    for (int row = 0; row < cells.length; row++) {
      if (column.validity().isValid(row)) {
        put(results, valid, row, function.apply(cells[row]));
      }
    }
    return new DoubleColumn(results, Validity.of(results.length, valid));
  }

  static LongColumn longs(LongColumn column, CellFunction.OfLong function, ColumnType made) {
    long[] cells = column.values();
    long[] results = new long[cells.length];
    for (int row = 0; row < cells.length; row++) {
      if (column.validity().isValid(row)) {
        results[row] = function.apply(cells[row]);
      }
    }
    return new LongColumn(made, results, column.validity());
  }

  static LongColumn longsOfLongs(
      LongColumn column, CellFunction.LongToLong function, ColumnType made) {
    long[] cells = column.values();
    long[] results = new long[cells.length];
    long[] valid = words(cells.length);
    for (int row = 0; row < cells.length; row++) {
      if (column.validity().isValid(row)) {
        put(results, valid, row, function.apply(cells[row]));
      }
    }
    return new LongColumn(made, results, Validity.of(results.length, valid));
  }

  static LongColumn longsOfDoubles(
      DoubleColumn column, CellFunction.DoubleToLong function, ColumnType made) {
    double[] cells = column.values();
    long[] results = new long[cells.length];
    long[] valid = words(cells.length);
    for (int row = 0; row < cells.length; row++) {
      if (column.validity().isValid(row)) {
        put(results, valid, row, function.apply(cells[row]));
      }
    }
    return new LongColumn(made, results, Validity.of(results.length, valid));
  }

  static DoubleColumn doublesOfText(StringColumn column, CellFunction.TextToDouble function) {
    int[] codes = column.codes();
    boolean[] known = new boolean[column.dictionary().size()];
    double[] byCode = new double[known.length];
    double[] results = new double[codes.length];
    long[] valid = words(codes.length);
    for (int row = 0; row < codes.length; row++) {
      int code = codes[row];
      if (code >= 0) {
        if (!known[code]) {
          known[code] = true;
          byCode[code] = function.apply(column.dictionary().get(code));
        }
        put(results, valid, row, byCode[code]);
      }
    }
    return new DoubleColumn(results, Validity.of(results.length, valid));
  }

  static LongColumn longsOfText(
      StringColumn column, CellFunction.TextToLong function, ColumnType made) {
    int[] codes = column.codes();
    boolean[] known = new boolean[column.dictionary().size()];
    Long[] byCode = new Long[known.length];
    long[] results = new long[codes.length];
    long[] valid = words(codes.length);
    for (int row = 0; row < codes.length; row++) {
      int code = codes[row];
      if (code >= 0) {
        if (!known[code]) {
          known[code] = true;
          byCode[code] = function.apply(column.dictionary().get(code));
        }
        put(results, valid, row, byCode[code]);
      }
    }
    return new LongColumn(made, results, Validity.of(results.length, valid));
  }

  static LongColumn indicator(Column column, CellFunction.OfNull function) {
    long[] results = new long[column.rows()];
    for (int row = 0; row < results.length; row++) {
      results[row] = function.apply(column.isNull(row));
    }
    return LongColumn.of(results);
  }

  static Column keep(Column column, StringColumn texts, CellFunction.KeepByText function) {
    int[] codes = texts.codes();
    byte[] known = new byte[texts.dictionary().size()];
    long[] kept = words(codes.length);
    boolean all = true;
    for (int row = 0; row < codes.length; row++) {
      int code = codes[row];
      if (code >= 0 && known[code] == 0) {
        known[code] = (byte) (function.apply(texts.dictionary().get(code)) ? 1 : -1);
      }
      if (code < 0 || known[code] > 0) {
        kept[row >>> 6] |= 1L << row;
      } else {
        all = false;
      }
    }
    return all ? column : column.keep(Validity.of(codes.length, kept));
  }

  private static void put(double[] results, long[] valid, int row, double result) {
    if (Math.abs(result) <= Double.MAX_VALUE) {
      results[row] = result;
      valid[row >>> 6] |= 1L << row;
    }
  }

  private static void put(long[] results, long[] valid, int row, Long result) {
    if (result != null) {
      results[row] = result;
      valid[row >>> 6] |= 1L << row;
    }
  }

  private static long[] words(int rows) {
    return new long[(rows + 63) >>> 6];
  }
}
