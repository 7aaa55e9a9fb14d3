package dev.almanac.transforms.source;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnAppender;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.problem.Names;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.text.DateForm;
import dev.almanac.transforms.schema.text.NumberKind;
import dev.almanac.transforms.schema.text.NumberText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rows of a file with the values that stand in its folders' names, where it lacks a column. */
final class FolderRows extends PassedOnRows {
  private final SourceRows rows;
  private final String file;
  private final List<SourceColumn> wanted;
  private final TableSchema schema;
  private final Map<String, String> values;

  /**
   * @param rows opened for the same columns, those of the folders being nullable
   */
  FolderRows(SourceRows rows, String file, List<SourceColumn> wanted, Map<String, String> values)
      throws IOException {
    this.rows = rows;
    this.file = file;
    this.wanted = List.copyOf(wanted);
    this.schema = SourceColumn.schema(wanted);
    this.values = new TreeMap<>();
    for (SourceColumn column : wanted) {
      if (values.containsKey(column.source()) && rows.missingColumns().contains(column.name())) {
        this.values.put(column.name(), values.get(column.source()));
        constant(column, 1);
      }
    }
  }

  /** The columns with those of the folders made nullable, as the file need not have them. */
  static List<SourceColumn> relaxed(List<SourceColumn> wanted, Map<String, String> values) {
    return wanted.stream()
        .map(
            column ->
                values.containsKey(column.source())
                    ? new SourceColumn(
                        column.name(),
                        column.type(),
                        column.dateForm(),
                        true,
                        column.from(),
                        column.trained())
                    : column)
        .toList();
  }

  @Override
  SourceRows rows() {
    return rows;
  }

  @Override
  public ColumnBatch next() throws IOException {
    ColumnBatch batch = rows.next();
    if (batch == null) {
      return null;
    }
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      SourceColumn column = wanted.get(i);
      Column own = batch.column(column.name());
      boolean inFolder = values.containsKey(column.name());
      if (!inFolder && !column.nullable() && own.nulls() > 0) {
        throw missing(column);
      }
      columns.add(inFolder ? constant(column, batch.rows()) : own);
    }
    return new ColumnBatch(schema, columns, batch.rows());
  }

  private ForeseenException missing(SourceColumn column) {
    return new ForeseenException(
        "Cannot read %s: column '%s' is missing and the schema does not allow nulls in it"
            .formatted(file, Names.of(column.name())));
  }

  private Column constant(SourceColumn column, int rows) throws IOException {
    String value = values.get(column.name());
    ColumnAppender appender = ColumnAppender.of(column.type());
    if (value == null && !column.nullable()) {
      throw missing(column);
    }
    Object cell = value == null ? null : cell(column, value);
    for (int row = 0; row < rows; row++) {
      appender.appendValue(cell);
    }
    return appender.build();
  }

  private Object cell(SourceColumn column, String value) throws IOException {
    return switch (column.type()) {
      case STRING -> value;
      case DOUBLE -> number(column, value);
      default -> whole(column, value);
    };
  }

  private double number(SourceColumn column, String value) throws IOException {
    byte[] bytes = HiveFolders.bytes(value);
    if (!HiveFolders.kind(value).isFiniteDouble()) {
      throw unfit(column, value);
    }
    return NumberText.parseDouble(bytes, 0, bytes.length);
  }

  private long whole(SourceColumn column, String value) throws IOException {
    byte[] bytes = HiveFolders.bytes(value);
    if (column.dateForm() != null) {
      long day = column.dateForm().parse(bytes, 0, bytes.length);
      if (day == DateForm.NO_DATE) {
        throw unfit(column, value);
      }
      return day;
    }
    if (HiveFolders.kind(value) != NumberKind.INTEGER) {
      throw unfit(column, value);
    }
    return NumberText.parseLong(bytes, 0, bytes.length);
  }

  private ForeseenException unfit(SourceColumn column, String value) {
    return new ForeseenException(
        "Cannot read %s: its folder says %s=%s, and the column must be %s"
            .formatted(file, Names.of(column.name()), Names.of(value), column.type()));
  }

  @Override
  public List<String> columns() {
    List<String> columns = new ArrayList<>(rows.columns());
    values.keySet().forEach(name -> columns.add(SourceColumn.source(name)));
    return columns;
  }

  @Override
  public List<String> missingColumns() {
    return rows.missingColumns().stream().filter(name -> !values.containsKey(name)).toList();
  }
}
