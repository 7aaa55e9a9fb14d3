package dev.almanac.pipelines.report.measure;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.manifest.DatasetColumns.Kept;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns kept beside the predictions that errors can be told apart by.
 *
 * @param date of the dates; null when none is kept
 * @param groups of text or integers
 */
public record KeptColumns(Kept date, List<Kept> groups) {
  public KeptColumns {
    groups = List.copyOf(groups);
  }

  /**
   * Chooses them.
   *
   * @param splitColumn the column that decides when several hold dates; may be null
   */
  public static KeptColumns of(DatasetColumns columns, String splitColumn) {
    Kept date = null;
    List<Kept> groups = new ArrayList<>();
    for (Kept kept : columns.keep()) {
      ColumnType type = ColumnType.of(kept.type());
      if (type == ColumnType.DATE) {
        date = date == null || kept.source().equals(splitColumn) ? kept : date;
      } else if (type == ColumnType.STRING || type == ColumnType.LONG) {
        groups.add(kept);
      }
    }
    return new KeptColumns(date, groups);
  }

  /** The names of all of them in the files. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    if (date != null) {
      names.add(date.name());
    }
    groups.forEach(group -> names.add(group.name()));
    return names;
  }
}
