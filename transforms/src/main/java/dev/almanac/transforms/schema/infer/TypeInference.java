package dev.almanac.transforms.schema.infer;

import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.Count;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.schema.ColumnRoles;
import dev.almanac.transforms.schema.Place;
import dev.almanac.transforms.schema.SourceSchema;
import dev.almanac.transforms.schema.text.DateForm;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What some source files say about the types of their columns.
 *
 * <p>An accumulator whose merging is commutative and associative, with {@link #none} as its neutral
 * element: any grouping and order of the same files gives the same value. Immutable.
 *
 * <p>The types form a chain, long, double, string; a column is of the first that all its values
 * fit. Dates stand apart: the first in the order of {@link DateForm} that all values fit is taken,
 * with a note when others do (month first before day first; a date before the long {@code
 * 20240131}). Integers beyond 64 bits make a column double. Texts for NaN and the infinities leave
 * a column double and are counted. A column without any value is a string that may be null. What
 * the roles of a column change is {@link Conclusion}'s.
 */
public final class TypeInference implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final TypeInference NONE = new TypeInference(0, 0, 0, null, Map.of());

  private final long files;
  private final long rows;
  private final long rejectedRows;
  private final Place firstRejected;
  private final TreeMap<String, ColumnEvidence> columns;

  private TypeInference(
      long files,
      long rows,
      long rejectedRows,
      Place firstRejected,
      Map<String, ColumnEvidence> columns) {
    this.files = files;
    this.rows = rows;
    this.rejectedRows = rejectedRows;
    this.firstRejected = firstRejected;
    this.columns = new TreeMap<>(columns);
  }

  /** Of no files. */
  public static TypeInference none() {
    return NONE;
  }

  /** Of one file. */
  static TypeInference of(
      long rows, long rejectedRows, Place firstRejected, Map<String, ColumnEvidence> columns) {
    return new TypeInference(1, rows, rejectedRows, firstRejected, columns);
  }

  /** Of the files of both; no file may be in both. */
  public TypeInference merge(TypeInference other) {
    Map<String, ColumnEvidence> merged = new TreeMap<>(columns);
    other.columns.forEach((name, evidence) -> merged.merge(name, evidence, ColumnEvidence::merge));
    return new TypeInference(
        files + other.files,
        rows + other.rows,
        rejectedRows + other.rejectedRows,
        Place.first(firstRejected, other.firstRejected),
        merged);
  }

  /** What {@link #line} writes. */
  private record Document(
      long files,
      long rows,
      long rejectedRows,
      Place firstRejected,
      Map<String, ColumnEvidence> columns) {}

  /** One line of JSON, for carrying it between the stages of a pipeline. */
  public String line() {
    return Json.line(new Document(files, rows, rejectedRows, firstRejected, columns));
  }

  /** Reads what {@link #line} wrote. */
  public static TypeInference parse(String line) throws IOException {
    Document read = Json.read(line, Document.class, "a chunk's types");
    return new TypeInference(
        read.files, read.rows, read.rejectedRows, read.firstRejected, read.columns);
  }

  /** Files read. */
  public long files() {
    return files;
  }

  /** Rows read, those rejected among them. */
  public long rows() {
    return rows;
  }

  /** Rows whose cells could not be told apart, or that had too few or too many. */
  public long rejectedRows() {
    return rejectedRows;
  }

  /** The first rejected row, its text being the reason; null when there is none. */
  public Place firstRejected() {
    return firstRejected;
  }

  /**
   * Makes sure that there is something to conclude from.
   *
   * @throws ForeseenException when no row could be read: there is none, or each was rejected
   */
  public void requireRows() throws ForeseenException {
    if (rows == 0) {
      throw new ForeseenException(
          "Cannot infer the schema: there is no row below the header in %s"
              .formatted(
                  columns.values().stream()
                      .map(ColumnEvidence::firstFile)
                      .min(Comparator.naturalOrder())
                      .map(
                          first ->
                              files == 1
                                  ? first
                                  : "any of %s files, the first %s".formatted(files, first))
                      .orElse("any file")));
    }
    if (rejectedRows == rows) {
      throw new ForeseenException(
          "Cannot infer the schema: none of the %s can be read; the first is %s"
              .formatted(Count.of(rows, "row"), firstRejected.words()));
    }
  }

  /** {@link #conclude(ColumnRoles)} where nothing is asked of any column. */
  public SourceSchema conclude() {
    return conclude(ColumnRoles.none());
  }

  /**
   * The union of the columns, in the order in which they appear over the files sorted by path, each
   * as {@link Conclusion} says.
   */
  public SourceSchema conclude(ColumnRoles roles) {
    List<String> names = new ArrayList<>(columns.keySet());
    names.sort(
        Comparator.comparing((String name) -> columns.get(name).firstFile())
            .thenComparingInt(name -> columns.get(name).firstPosition()));
    return new SourceSchema(
        names.stream()
            .map(name -> columns.get(name).conclude(name, files, roles.of(name)))
            .toList(),
        new SourceSchema.Seen(files, rows, rejectedRows, firstRejected));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TypeInference that
        && files == that.files
        && rows == that.rows
        && rejectedRows == that.rejectedRows
        && Objects.equals(firstRejected, that.firstRejected)
        && columns.equals(that.columns);
  }

  @Override
  public int hashCode() {
    return Objects.hash(files, rows, rejectedRows, firstRejected, columns);
  }

  @Override
  public String toString() {
    return "TypeInference[%s files, %s rows, %s columns]".formatted(files, rows, columns.size());
  }
}
