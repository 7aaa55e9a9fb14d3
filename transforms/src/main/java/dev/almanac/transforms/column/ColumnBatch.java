package dev.almanac.transforms.column;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * Some thousands of rows of one table, column by column: what flows through the pipelines.
 *
 * <p>Immutable: the arrays inside the columns are never written after construction, so batches may
 * be shared between threads and may share columns. Every column has {@link #rows()} rows.
 */
public final class ColumnBatch {
  private final TableSchema schema;
  private final List<Column> columns;
  private final int rows;
  private final RowOrigin origin;

  /**
   * @throws IllegalArgumentException when the columns do not fit the schema or differ in length
   */
  public ColumnBatch(TableSchema schema, List<? extends Column> columns, int rows) {
    this(schema, columns, rows, null);
  }

  private ColumnBatch(
      TableSchema schema, List<? extends Column> columns, int rows, RowOrigin origin) {
    if (schema.size() != columns.size()) {
      throw new IllegalArgumentException(
          "Cannot make a batch: the schema has %s columns (%s given)"
              .formatted(schema.size(), columns.size()));
    }
    for (int i = 0; i < columns.size(); i++) {
      check(schema.field(i), columns.get(i), rows);
    }
    this.schema = schema;
    this.columns = List.copyOf(columns);
    this.rows = rows;
    if (origin != null && origin.rows() != rows) {
      throw new IllegalArgumentException(
          "Cannot make a batch of %s rows: their origin is that of %s"
              .formatted(rows, origin.rows()));
    }
    this.origin = origin;
  }

  /** A batch of one column or more, whose length it has. */
  public static ColumnBatch of(TableSchema schema, Column... columns) {
    return new ColumnBatch(schema, List.of(columns), columns[0].rows());
  }

  private static void check(Field field, Column column, int rows) {
    if (column.rows() != rows) {
      throw new IllegalArgumentException(
          "Cannot make a batch of %s rows: column '%s' has %s"
              .formatted(rows, field.name(), column.rows()));
    }
    if (column.type() != field.type()) {
      throw new IllegalArgumentException(
          "Cannot make a batch: column '%s' is %s (%s given)"
              .formatted(field.name(), field.type(), column.type()));
    }
  }

  public TableSchema schema() {
    return schema;
  }

  public int rows() {
    return rows;
  }

  /** Where the rows were read; null when nobody says. */
  public RowOrigin origin() {
    return origin;
  }

  /** The same rows, read there; null for nowhere. */
  public ColumnBatch withOrigin(RowOrigin read) {
    return read == origin ? this : new ColumnBatch(schema, columns, rows, read);
  }

  public List<Column> columns() {
    return columns;
  }

  public Column column(int position) {
    return columns.get(position);
  }

  public Column column(String name) {
    return columns.get(schema.position(name));
  }

  /** This batch with the column in place of the one of its name, or at the end. */
  public ColumnBatch with(Field field, Column column) {
    List<Column> changed = new ArrayList<>(columns);
    if (schema.contains(field.name())) {
      changed.set(schema.position(field.name()), column);
    } else {
      changed.add(column);
    }
    return new ColumnBatch(schema.with(field), changed, rows, origin);
  }

  /** These columns alone, in the order given. */
  public ColumnBatch select(Collection<String> names) {
    return new ColumnBatch(
        schema.select(names), names.stream().map(this::column).toList(), rows, origin);
  }

  /** The given rows, in the given order; a row may be taken more than once. */
  public ColumnBatch take(int[] taken) {
    if (isRange(taken)) {
      return slice(taken[0], taken[0] + taken.length);
    }
    return new ColumnBatch(
        schema,
        columns.stream().map(column -> column.take(taken)).toList(),
        taken.length,
        origin == null ? null : origin.take(taken));
  }

  /** The rows from {@code from} to before {@code until}: copied in one piece a column. */
  public ColumnBatch slice(int from, int until) {
    if (from == 0 && until == rows) {
      return this;
    }
    return new ColumnBatch(
        schema,
        columns.stream().map(column -> column.slice(from, until)).toList(),
        until - from,
        origin == null ? null : origin.slice(from, until));
  }

  private static boolean isRange(int[] taken) {
    if (taken.length == 0 || taken[taken.length - 1] != taken[0] + taken.length - 1) {
      return false;
    }
    for (int i = 1; i < taken.length; i++) {
      if (taken[i] != taken[0] + i) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ColumnBatch that
        && rows == that.rows
        && schema.equals(that.schema)
        && columns.equals(that.columns)
        && Objects.equals(origin, that.origin);
  }

  @Override
  public int hashCode() {
    return 31 * schema.hashCode() + columns.hashCode();
  }

  @Override
  public String toString() {
    return "ColumnBatch[%s rows of %s]".formatted(rows, schema.names());
  }
}
