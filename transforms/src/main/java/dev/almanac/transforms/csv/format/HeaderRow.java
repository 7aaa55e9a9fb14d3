package dev.almanac.transforms.csv.format;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.util.List;

/**
 * Where the names of a file's columns come from.
 *
 * <p>In JSON, as in a config, the word {@code first-row} or {@code none}, or the list of names.
 *
 * @param inFile whether they are the file's first row that is not blank
 * @param names the columns of files without a header, in their order; empty when the columns are
 *     called {@code column1}, {@code column2} and so on
 */
public record HeaderRow(boolean inFile, List<String> names) implements Serializable {
  /** The file's first row holds the names. */
  public static final HeaderRow FIRST_ROW = new HeaderRow(true, List.of());

  /** Nobody says the names: {@code column1}, {@code column2}, as many as the first row has. */
  public static final HeaderRow NONE = new HeaderRow(false, List.of());

  private static final String FIRST_ROW_TEXT = "first-row";
  private static final String NONE_TEXT = "none";

  public HeaderRow {
    names = List.copyOf(names);
    if (inFile && !names.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot name columns: the names are the file's own or given, not both (%s)"
              .formatted(names));
    }
  }

  /** The words, the usual one first. */
  public static List<String> words() {
    return List.of(FIRST_ROW_TEXT, NONE_TEXT);
  }

  /** Files without a header, whose columns have these names in their order. */
  public static HeaderRow of(List<String> names) {
    return new HeaderRow(false, names);
  }

  /** The name of a column that nobody named. */
  public static String numbered(int column) {
    return "column" + (column + 1);
  }

  @JsonValue
  Object json() {
    if (inFile) {
      return FIRST_ROW_TEXT;
    }
    return names.isEmpty() ? NONE_TEXT : names;
  }

  /**
   * What a text or a list of texts means.
   *
   * @throws IllegalArgumentException naming what is known
   */
  @JsonCreator
  public static HeaderRow parse(Object value) {
    if (value instanceof List<?> names && !names.isEmpty()) {
      return of(names.stream().map(String::valueOf).toList());
    }
    if (FIRST_ROW_TEXT.equals(value)) {
      return FIRST_ROW;
    }
    if (NONE_TEXT.equals(value)) {
      return NONE;
    }
    throw new IllegalArgumentException(
        "must be first-row, none, or a list of the columns' names (%s)".formatted(value));
  }

  @Override
  public String toString() {
    return json().toString();
  }
}
