package dev.almanac.transforms.encode;

import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.problem.Problems;
import dev.almanac.transforms.problem.RefusedException;
import java.io.Serializable;
import java.util.List;

/**
 * The {@code columns} section of a config, and what the label is. Names are those after the feature
 * steps; {@code numeric}, {@code nominal} and {@code keep} may hold {@link
 * dev.almanac.transforms.column.ColumnPattern patterns} until they are {@link #named}.
 *
 * @param label null when there is nothing to predict
 * @param labelKind null when there is no label
 * @param keep columns that ride along as they are
 */
public record ModelColumns(
    String label,
    LabelKind labelKind,
    List<String> numeric,
    List<String> nominal,
    List<String> keep)
    implements Serializable {
  public ModelColumns {
    if ((label == null) != (labelKind == null)) {
      throw new RefusedException(
          "Cannot choose columns: a label, and nothing else, has a kind (label %s, kind %s)"
              .formatted(label, labelKind));
    }
    numeric = List.copyOf(numeric);
    nominal = List.copyOf(nominal);
    keep = List.copyOf(keep);
  }

  /**
   * This choice with the columns of a table in place of patterns.
   *
   * @param problems takes every pattern that matches nothing, below {@code columns}
   */
  public ModelColumns named(TableSchema table, Problems problems) {
    return NamedColumns.of(this, table, problems);
  }

  /** Whether a column is named here at all. */
  public boolean names(String column) {
    return column.equals(label)
        || numeric.contains(column)
        || nominal.contains(column)
        || keep.contains(column);
  }
}
