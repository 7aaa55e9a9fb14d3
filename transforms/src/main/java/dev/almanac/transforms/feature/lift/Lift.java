package dev.almanac.transforms.feature.lift;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.column.TextView;
import dev.almanac.transforms.column.Validity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs functions of one row over whole columns: the only loops behind the row-wise features.
 *
 * <p>A row whose inputs are not all there is null; so is a row whose result is null or not finite.
 * The exceptions say so: {@link CellFunction.OfNull} and {@link CellFunction.KeepByText}.
 */
public final class Lift {
  private Lift() {}

  /** The column that the function makes of its input columns, whose types are given. */
  public static Column apply(CellFunction function, List<Column> inputs, List<ColumnType> types) {
    Column first = inputs.get(0);
    if (function instanceof CellFunction.OfDouble f) {
      return doubles(first, f);
    } else if (function instanceof CellFunction.OfDoubles f) {
      return doubles(first, inputs.get(1), f);
    } else if (function instanceof CellFunction.OfLong f) {
      return longs((LongColumn) first, f);
    } else if (function instanceof CellFunction.LongToLong f) {
      return longsOfLongs((LongColumn) first, f);
    } else if (function instanceof CellFunction.LongToDouble f) {
      return doublesOfLongs((LongColumn) first, f);
    } else if (function instanceof CellFunction.DoubleToLong f) {
      return longsOfDoubles((DoubleColumn) first, f);
    } else if (function instanceof CellFunction.OfText f) {
      return text(TextView.of(first, types.get(0)), f);
    } else if (function instanceof CellFunction.TextToDouble f) {
      return doublesOfText(TextView.of(first, types.get(0)), f);
    } else if (function instanceof CellFunction.TextToLong f) {
      return longsOfText(TextView.of(first, types.get(0)), f);
    } else if (function instanceof CellFunction.OfNull f) {
      return indicator(first, f);
    }
    return keep(
        first, TextView.of(inputs.get(1), types.get(1)), (CellFunction.KeepByText) function);
  }

  /** Which of a function's inputs it sees as text; nothing when it sees none so. */
  public static Optional<Integer> textInput(CellFunction function) {
    if (function instanceof CellFunction.OfText
        || function instanceof CellFunction.TextToDouble
        || function instanceof CellFunction.TextToLong) {
      return Optional.of(0);
    }
    return function instanceof CellFunction.KeepByText ? Optional.of(1) : Optional.empty();
  }

  private static DoubleColumn doubles(Column column, CellFunction.OfDouble function) {
    double[] cells = numbers(column);
    Validity validity = validity(column);
    double[] results = new double[cells.length];
    long[] valid = words(cells.length);
    for (int row = 0; row < cells.length; row++) {
      if (validity.isValid(row)) {
        put(results, valid, row, function.apply(cells[row]));
      }
    }
    return new DoubleColumn(results, Validity.of(results.length, valid));
  }

  private static DoubleColumn doubles(Column left, Column right, CellFunction.OfDoubles function) {
    double[] lefts = numbers(left);
    double[] rights = numbers(right);
    Validity validity = validity(left).and(validity(right));
    double[] results = new double[lefts.length];
    long[] valid = words(lefts.length);
    for (int row = 0; row < lefts.length; row++) {
      if (validity.isValid(row)) {
        put(results, valid, row, function.apply(lefts[row], rights[row]));
      }
    }
    return new DoubleColumn(results, Validity.of(results.length, valid));
  }

  private static DoubleColumn doublesOfLongs(
      LongColumn column, CellFunction.LongToDouble function) {
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

  private static LongColumn longs(LongColumn column, CellFunction.OfLong function) {
    long[] cells = column.values();
    long[] results = new long[cells.length];
    for (int row = 0; row < cells.length; row++) {
      if (column.validity().isValid(row)) {
        results[row] = function.apply(cells[row]);
      }
    }
    return new LongColumn(results, column.validity());
  }

  private static LongColumn longsOfLongs(LongColumn column, CellFunction.LongToLong function) {
    long[] cells = column.values();
    long[] results = new long[cells.length];
    long[] valid = words(cells.length);
    for (int row = 0; row < cells.length; row++) {
      if (column.validity().isValid(row)) {
        put(results, valid, row, function.apply(cells[row]));
      }
    }
    return new LongColumn(results, Validity.of(results.length, valid));
  }

  private static LongColumn longsOfDoubles(
      DoubleColumn column, CellFunction.DoubleToLong function) {
    double[] cells = column.values();
    long[] results = new long[cells.length];
    long[] valid = words(cells.length);
    for (int row = 0; row < cells.length; row++) {
      if (column.validity().isValid(row)) {
        put(results, valid, row, function.apply(cells[row]));
      }
    }
    return new LongColumn(results, Validity.of(results.length, valid));
  }

  private static StringColumn text(StringColumn column, CellFunction.OfText function) {
    int[] codes = column.codes();
    boolean[] known = new boolean[column.dictionary().size()];
    int[] byCode = new int[known.length];
    List<String> dictionary = new ArrayList<>();
    Map<String, Integer> positions = new HashMap<>();
    int[] results = new int[codes.length];
    for (int row = 0; row < codes.length; row++) {
      int code = codes[row];
      if (code < 0) {
        results[row] = StringColumn.NULL;
        continue;
      }
      if (!known[code]) {
        known[code] = true;
        String result = function.apply(column.dictionary().get(code));
        byCode[code] = result == null ? StringColumn.NULL : position(result, positions, dictionary);
      }
      results[row] = byCode[code];
    }
    return new StringColumn(results, dictionary);
  }

  private static int position(
      String value, Map<String, Integer> positions, List<String> dictionary) {
    Integer position = positions.putIfAbsent(value, dictionary.size());
    if (position != null) {
      return position;
    }
    dictionary.add(value);
    return dictionary.size() - 1;
  }

  private static DoubleColumn doublesOfText(
      StringColumn column, CellFunction.TextToDouble function) {
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

  private static LongColumn longsOfText(StringColumn column, CellFunction.TextToLong function) {
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
    return new LongColumn(results, Validity.of(results.length, valid));
  }

  private static LongColumn indicator(Column column, CellFunction.OfNull function) {
    long[] results = new long[column.rows()];
    for (int row = 0; row < results.length; row++) {
      results[row] = function.apply(column.isNull(row));
    }
    return LongColumn.of(results);
  }

  private static Column keep(Column column, StringColumn texts, CellFunction.KeepByText function) {
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
    return all ? column : masked(column, Validity.of(codes.length, kept));
  }

  /** The column with null where {@code kept} is not set; a null row holds zero, as everywhere. */
  private static Column masked(Column column, Validity kept) {
    if (column instanceof StringColumn text) {
      int[] codes = text.codes().clone();
      for (int row = 0; row < codes.length; row++) {
        codes[row] = kept.isValid(row) ? codes[row] : StringColumn.NULL;
      }
      return new StringColumn(codes, text.dictionary());
    } else if (column instanceof LongColumn integers) {
      long[] values = integers.values().clone();
      for (int row = 0; row < values.length; row++) {
        values[row] = kept.isValid(row) ? values[row] : 0L;
      }
      return new LongColumn(values, integers.validity().and(kept));
    }
    DoubleColumn numbers = (DoubleColumn) column;
    double[] values = numbers.values().clone();
    for (int row = 0; row < values.length; row++) {
      values[row] = kept.isValid(row) ? values[row] : 0.0;
    }
    return new DoubleColumn(values, numbers.validity().and(kept));
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

  private static double[] numbers(Column column) {
    if (column instanceof DoubleColumn numbers) {
      return numbers.values();
    }
    long[] integers = ((LongColumn) column).values();
    double[] numbers = new double[integers.length];
    for (int row = 0; row < integers.length; row++) {
      numbers[row] = integers[row];
    }
    return numbers;
  }

  private static Validity validity(Column column) {
    return column instanceof DoubleColumn numbers
        ? numbers.validity()
        : ((LongColumn) column).validity();
  }

  private static long[] words(int rows) {
    return new long[(rows + 63) >>> 6];
  }
}
