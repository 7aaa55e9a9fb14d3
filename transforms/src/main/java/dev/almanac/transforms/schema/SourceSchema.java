package dev.almanac.transforms.schema;

import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.Names;
import dev.almanac.transforms.problem.RefusedException;
import java.io.Serializable;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The columns that source files have; names are unique. Immutable.
 *
 * @param columns in the order of the files
 * @param seen over all columns, for the reader of the schema file; null when a person wrote it
 */
public record SourceSchema(List<SchemaColumn> columns, Seen seen) implements Serializable {
  public SourceSchema {
    columns = List.copyOf(columns);
    Set<String> names = new HashSet<>();
    for (SchemaColumn column : columns) {
      if (!names.add(column.name())) {
        throw new RefusedException(
            "Cannot make a schema: two columns are named '%s'".formatted(column.name()));
      }
    }
  }

  /**
   * Counts over all files.
   *
   * @param rows rows, those rejected among them
   * @param rejectedRows rows whose cells could not be told apart, or were too few or too many
   * @param firstRejected the first of them, its text being the reason; null when there is none
   */
  public record Seen(long files, long rows, long rejectedRows, Place firstRejected)
      implements Serializable {}

  /** A schema of these columns, with nothing known about how it came to be. */
  public static SourceSchema of(Collection<SourceColumn> columns) {
    return new SourceSchema(
        columns.stream().map(column -> new SchemaColumn(column, null)).toList(), null);
  }

  public List<String> names() {
    return columns.stream().map(SchemaColumn::name).toList();
  }

  public boolean contains(String name) {
    return columns.stream().anyMatch(column -> column.name().equals(name));
  }

  /**
   * The column with this name.
   *
   * @throws IllegalArgumentException naming the columns there are
   */
  public SourceColumn column(String name) {
    return columns.stream()
        .map(SchemaColumn::column)
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new RefusedException(
                    "Cannot find column '%s': the columns are %s"
                        .formatted(Names.of(name), Names.of(names()))));
  }

  /** What the schema requires, column by column. */
  public List<SourceColumn> sourceColumns() {
    return columns.stream().map(SchemaColumn::column).toList();
  }

  /** Lower-case hexadecimal SHA-256 of names, types, date forms and nullability alone. */
  public String hash() {
    return Json.sha256(sourceColumns());
  }
}
