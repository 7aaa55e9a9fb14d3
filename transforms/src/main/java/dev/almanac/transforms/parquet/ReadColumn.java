package dev.almanac.transforms.parquet;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.text.DateForm;
import java.util.function.DoublePredicate;

/**
 * A column of a file, and the type that it is read as.
 *
 * @param stored its name in the file
 * @param form how dates are written in a column of text; null when it is read as anything else
 * @param text how cells become train's texts; null where nothing was trained
 */
public record ReadColumn(String stored, Field field, DateForm form, TextRule text) {
  /** A column that is read as it stands. */
  public ReadColumn(String stored, Field field, DateForm form) {
    this(stored, field, form, null);
  }

  boolean readsAsText(ParquetKind kind) {
    return text != null && field.type() == ColumnType.STRING && text.reads(kind);
  }

  static ReadColumn of(Field field) {
    return new ReadColumn(field.name(), field, null);
  }

  /**
   * A column of further rows, or one that is read as it stands.
   *
   * @param decimal what train's files write for the point
   * @param missing the numbers that mean a missing cell
   */
  public static ReadColumn of(SourceColumn column, char decimal, DoublePredicate missing) {
    SourceColumn.Trained trained = column.trained();
    return new ReadColumn(
        column.source(),
        column.field(),
        column.dateForm(),
        trained == null
            ? null
            : new TextRule(trained.type(), trained.dateForm(), trained.kept(), decimal, missing));
  }
}
