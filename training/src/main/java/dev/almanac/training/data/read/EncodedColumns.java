package dev.almanac.training.data.read;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.manifest.DatasetColumns;
import java.util.ArrayList;
import java.util.List;

/** The columns that training reads, in the order of a packed row: numeric, nominal, label. */
public record EncodedColumns(
    List<String> numeric, List<DatasetColumns.Category> nominal, String label) {
  public static EncodedColumns of(DatasetColumns columns) {
    return new EncodedColumns(columns.numeric(), columns.nominal(), columns.label().column());
  }

  int width() {
    return numeric.size() + nominal.size() + 1;
  }

  List<String> names() {
    List<String> names = new ArrayList<>(numeric);
    nominal.forEach(category -> names.add(category.name()));
    names.add(label);
    return names;
  }

  /** The type of a column in the parquet files; null for one that training does not read. */
  ColumnType type(String name) {
    if (name.equals(label) || numeric.contains(name)) {
      return ColumnType.FLOAT32;
    }
    return cardinality(name) >= 0 ? ColumnType.INT32 : null;
  }

  /** How many indices a category column has; -1 for another column. */
  public int cardinality(String name) {
    for (DatasetColumns.Category category : nominal) {
      if (category.name().equals(name)) {
        return category.cardinality();
      }
    }
    return -1;
  }
}
