package dev.almanac.transforms.schema;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import java.io.Serializable;
import java.util.Objects;

/**
 * A column as source files hold it.
 *
 * @param type long, double, date or string
 * @param dateForm how its dates are written; null unless the type is date
 * @param nullable whether a cell may be missing
 * @param from the column's name in the files, where a reader is to give it another; null where it
 *     is {@code name}
 */
public record SourceColumn(
    String name, ColumnType type, DateForm dateForm, boolean nullable, String from)
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
}
