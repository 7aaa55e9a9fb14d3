package dev.almanac.transforms.parquet;

import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.schema.DateForm;
import dev.almanac.transforms.schema.SourceColumn;

/**
 * A column of a file and what it is to be read as.
 *
 * @param stored its name in the file
 * @param form how dates are written in a column of text; null when it is read as anything else
 */
public record ReadColumn(String stored, Field field, DateForm form) {
  static ReadColumn of(Field field) {
    return new ReadColumn(field.name(), field, null);
  }

  public static ReadColumn of(SourceColumn column) {
    return new ReadColumn(column.source(), column.field(), column.dateForm());
  }
}
