package dev.almanac.transforms.fit;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.schema.SourceColumn;
import java.util.Map;
import java.util.Optional;

/**
 * A column of the source that rides along with further rows: what stood there, in train's type as
 * long as every cell has a value of it, else in a wider one.
 *
 * @param column as train read it
 * @param format how its files are read
 * @param byValue whether it is a number to the model, so that {@code 1e3} may be written as 1000
 */
record KeptColumn(SourceColumn column, CsvFormat format, boolean byValue) {
  /** The name under which it is kept. */
  String name() {
    return FittedTransform.KEEP_PREFIX + column.name();
  }

  /** How it is read: as the text that stands there. */
  SourceColumn wanted() {
    SourceColumn text = column.asText();
    return new SourceColumn(
        text.name(),
        text.type(),
        null,
        true,
        text.source(),
        new SourceColumn.Trained(column.type(), column.dateForm(), true));
  }

  Field field(Map<String, ColumnType> widened) {
    return new Field(name(), type(widened), true);
  }

  private ColumnType type(Map<String, ColumnType> widened) {
    return widened.getOrDefault(column.name(), column.type());
  }

  /**
   * The cells in the column's type.
   *
   * @param wider is given the type to try instead when a cell has no value of it; the cells are
   *     null then
   */
  Column cells(StringColumn texts, Map<String, ColumnType> widened, Map<String, ColumnType> wider) {
    CellValues values = new CellValues(column, format);
    Optional<Column> cells = values.as(type(widened), byValue, texts);
    if (cells.isPresent()) {
      return cells.get();
    }
    boolean number =
        column.type() == ColumnType.LONG
            && byValue
            && values.as(ColumnType.DOUBLE, true, texts).isPresent();
    wider.merge(column.name(), number ? ColumnType.DOUBLE : ColumnType.STRING, KeptColumn::widest);
    return values.as(type(widened), byValue, nothing(texts.rows())).orElseThrow();
  }

  static ColumnType widest(ColumnType a, ColumnType b) {
    return a == b ? a : ColumnType.STRING;
  }

  private static StringColumn nothing(int rows) {
    return StringColumn.of(new String[rows]);
  }
}
