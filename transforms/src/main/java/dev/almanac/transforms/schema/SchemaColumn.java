package dev.almanac.transforms.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.almanac.transforms.column.ColumnType;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * A column of a schema, and what inference saw in it.
 *
 * @param column what the schema requires
 * @param seen for the reader of the schema file; null when a person wrote it
 */
public record SchemaColumn(SourceColumn column, Seen seen) implements Serializable {
  public SchemaColumn {
    Objects.requireNonNull(column, "column");
  }

  public String name() {
    return column.name();
  }

  /**
   * Counts over all files.
   *
   * @param rows cells of the column; rows of files that lack it are not counted
   * @param nulls cells that are missing
   * @param files files that have the column
   * @param notFinite cells of a double column that are NaN, an infinity or beyond binary64, and
   *     will be rejected unless listed as nulls; null when there are none
   * @param widened where a narrower type did not fit any more, in order of width
   * @param misfits values that are none of what the type holds, or of what the column's role asks
   *     for; null when there are none
   * @param altered the first value whose text does not come back from the type, or would not from
   *     the one that it has not for this reason; null when there is none
   * @param note what a person should look at; null when there is nothing
   */
  public record Seen(
      long rows,
      long nulls,
      long files,
      Long notFinite,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Widening> widened,
      Misfits misfits,
      Altered altered,
      String note)
      implements Serializable {
    public Seen {
      widened = widened == null ? List.of() : List.copyOf(widened);
    }
  }

  /**
   * The first value, by file and line, that the narrower types do not fit.
   *
   * @param to the type that it made necessary
   * @param line physical line on which its row starts, from 1
   */
  public record Widening(ColumnType to, String file, long line, String text)
      implements Serializable {
    public static Widening at(ColumnType to, Place place) {
      return new Widening(to, place.file(), place.line(), place.text());
    }
  }

  /**
   * Values that do not fit, and the first of them by file and line.
   *
   * @param byteOffset of its row in the expanded file
   */
  public record Misfits(long values, String file, long line, long byteOffset, String text)
      implements Serializable {
    /** One line for a person: the place, then the text. */
    public String place() {
      return "%s, line %s (byte %s): %s".formatted(file, line, byteOffset, text);
    }
  }

  /**
   * A value whose text is not what is written for it once it has been read.
   *
   * @param type that it is read as: a number or a date
   * @param becomes what is written for it then
   */
  public record Altered(String type, String file, long line, String text, String becomes)
      implements Serializable {}
}
