package dev.almanac.transforms.column;

import dev.almanac.transforms.problem.RefusedException;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;

/**
 * Text, as codes into a dictionary of this batch's distinct values.
 *
 * <p>{@code codes[row]} is a position in {@code dictionary}, or -1 for null. The dictionary holds
 * no value twice; it may hold values that no row uses. Most text in training data repeats, so work
 * done once a dictionary value (a look-up, a parse, a hash) is far less than once a row.
 */
public record StringColumn(int[] codes, List<String> dictionary) implements Column {
  public static final int NULL = -1;

  /** A string, its array and its place in a dictionary, beside its bytes. */
  private static final int TEXT_BYTES = 64;

  public StringColumn {
    dictionary = List.copyOf(dictionary);
  }

  /** A column of these values, some of which may be null. */
  public static StringColumn of(String... values) {
    Map<String, Integer> seen = new LinkedHashMap<>();
    int[] codes = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      String value = values[i];
      if (value == null) {
        codes[i] = NULL;
      } else {
        Integer code = seen.get(value);
        if (code == null) {
          code = seen.size();
          seen.put(value, code);
        }
        codes[i] = code;
      }
    }
    return new StringColumn(codes, List.copyOf(seen.keySet()));
  }

  @Override
  public ColumnType type() {
    return ColumnType.STRING;
  }

  @Override
  public int rows() {
    return codes.length;
  }

  @Override
  public boolean isNull(int row) {
    return codes[row] < 0;
  }

  @Override
  public int nulls() {
    int nulls = 0;
    for (int code : codes) {
      nulls += code >>> 31;
    }
    return nulls;
  }

  @Override
  public Validity validity() {
    long[] valid = new long[(codes.length + 63) >>> 6];
    for (int row = 0; row < codes.length; row++) {
      // A null is -1, of which the sign is the highest bit.
      valid[row >>> 6] |= (long) (~codes[row] >>> 31) << row;
    }
    return Validity.of(codes.length, valid);
  }

  /** The value of a row, or null. */
  @Override
  public String value(int row) {
    int code = codes[row];
    return code < 0 ? null : dictionary.get(code);
  }

  /**
   * What a function makes of each row's text, once for each value that a row has; null stays null,
   * and may be what it makes.
   */
  public StringColumn mapped(UnaryOperator<String> function) {
    boolean[] known = new boolean[dictionary.size()];
    int[] byCode = new int[known.length];
    List<String> results = new ArrayList<>();
    Map<String, Integer> positions = new HashMap<>();
    int[] mapped = new int[codes.length];
    for (int row = 0; row < codes.length; row++) {
      int code = codes[row];
      if (code < 0) {
        mapped[row] = NULL;
        continue;
      }
      if (!known[code]) {
        known[code] = true;
        String result = function.apply(dictionary.get(code));
        byCode[code] = result == null ? NULL : position(result, positions, results);
      }
      mapped[row] = byCode[code];
    }
    return new StringColumn(mapped, results);
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

  /**
   * A number for each row, made once for each value of the dictionary.
   *
   * @param ofText the number of a value
   * @param ofNull that of null
   */
  public int[] numbered(ToIntFunction<String> ofText, int ofNull) {
    int[] byCode = dictionary.stream().mapToInt(ofText).toArray();
    int[] numbers = new int[codes.length];
    for (int row = 0; row < numbers.length; row++) {
      numbers[row] = codes[row] < 0 ? ofNull : byCode[codes[row]];
    }
    return numbers;
  }

  @Override
  public StringColumn take(int[] rows) {
    int[] taken = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      taken[i] = codes[rows[i]];
    }
    return new StringColumn(taken, dictionary);
  }

  @Override
  public StringColumn slice(int from, int until) {
    return new StringColumn(Arrays.copyOfRange(codes, from, until), dictionary);
  }

  @Override
  public StringColumn keep(Validity kept) {
    int[] left = codes.clone();
    for (int row = 0; row < left.length; row++) {
      left[row] = kept.isValid(row) ? left[row] : NULL;
    }
    return new StringColumn(left, dictionary);
  }

  @Override
  public double[] numbers() {
    throw new RefusedException("Cannot read a column of string as numbers: it holds text");
  }

  @Override
  public StringColumn asText() {
    return this;
  }

  @Override
  public String text(int row) {
    return value(row);
  }

  @Override
  public int compare(int left, int right) {
    return value(left).compareTo(value(right));
  }

  @Override
  public long bytes() {
    return (long) Integer.BYTES * codes.length + (long) TEXT_BYTES * dictionary.size();
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(dictionary.size());
    for (String value : dictionary) {
      BatchFormat.writeText(value, out);
    }
    BatchFormat.writeCodes(codes, out);
  }

  @Override
  public <T> T match(ColumnCases<T> cases) {
    return cases.texts(this);
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof StringColumn that) || codes.length != that.codes.length) {
      return false;
    }
    if (dictionary.equals(that.dictionary)) {
      return Arrays.equals(codes, that.codes);
    }
    for (int row = 0; row < codes.length; row++) {
      if (!Objects.equals(value(row), that.value(row))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = codes.length;
    for (int row = 0; row < codes.length; row++) {
      hash = 31 * hash + Objects.hashCode(value(row));
    }
    return hash;
  }
}
