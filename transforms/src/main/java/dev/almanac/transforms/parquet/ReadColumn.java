package dev.almanac.transforms.parquet;

import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.schema.DateForm;

/**
 * A column of a file and what it is to be read as.
 *
 * @param form how dates are written in a column of text; null when it is read as anything else
 */
public record ReadColumn(Field field, DateForm form) {
  static ReadColumn of(Field field) {
    return new ReadColumn(field, null);
  }
}
