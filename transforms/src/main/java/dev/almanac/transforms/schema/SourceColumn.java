package dev.almanac.transforms.schema;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.schema.text.DateForm;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * A column as source files hold it.
 *
 * @param type long, double, date or string
 * @param dateForm how its dates are written; null unless the type is date
 * @param nullable whether a cell may be missing
 * @param from the column's name in the files, where a reader is to give it another; null where it
 *     is {@code name}
 * @param trained what train read the cells as that further rows are read by; null where they are
 *     read as they stand
 */
public record SourceColumn(
    String name, ColumnType type, DateForm dateForm, boolean nullable, String from, Trained trained)
    implements Serializable {
  /** Begins the names of columns that are read a second time, as text. */
  private static final String TEXT_OF = "text of ";

  public SourceColumn {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    if ((type == ColumnType.DATE) != (dateForm != null)) {
      throw new IllegalArgumentException(
          "Cannot describe column '%s': a date column, and no other, has a date form"
              .formatted(name));
    }
  }

  /**
   * What train read a column as: {@code 7.0} is 7 where it read integers, and a number of another
   * format's file is the text that train would have had for it.
   *
   * @param dateForm how train's dates are written; null unless the type is date
   * @param kept whether the cells ride along, so that a time of day is not dropped
   */
  public record Trained(ColumnType type, DateForm dateForm, boolean kept) implements Serializable {}

  /** A column that is read as it stands. */
  public SourceColumn(
      String name, ColumnType type, DateForm dateForm, boolean nullable, String from) {
    this(name, type, dateForm, nullable, from, null);
  }

  /** A column that keeps its name. */
  public SourceColumn(String name, ColumnType type, DateForm dateForm, boolean nullable) {
    this(name, type, dateForm, nullable, null);
  }

  /** The column's name in the files. */
  public String source() {
    return from == null ? name : from;
  }

  /** The same cells once more, as the text that stands in them. */
  public SourceColumn asText() {
    return new SourceColumn(TEXT_OF + source(), ColumnType.STRING, null, nullable, source());
  }

  /** The name in the files of a column that may be {@link #asText} of another. */
  public static String source(String name) {
    return name.startsWith(TEXT_OF) ? name.substring(TEXT_OF.length()) : name;
  }

  public Field field() {
    return new Field(name, type, nullable);
  }

  /** The table that these columns make. */
  public static TableSchema schema(List<SourceColumn> columns) {
    return TableSchema.of(columns.stream().map(SourceColumn::field).toList());
  }
}
