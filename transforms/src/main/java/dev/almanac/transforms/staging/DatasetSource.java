package dev.almanac.transforms.staging;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.fit.FitPlan;
import dev.almanac.transforms.problem.Notice;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.source.SourceChoice;
import dev.almanac.transforms.split.DateSplit;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The source of a dataset: what of it is read, and how. Immutable.
 *
 * @param format how text is read
 * @param wanted the columns to read: those of the fit and the column of dates
 * @param folder the deepest folder that holds all source files; below it paths are the same
 *     wherever the source lies
 * @param choice what of the source is not read
 * @param notices what is known of the source before its rows are read
 */
public record DatasetSource(
    CsvFormat format,
    List<SourceColumn> wanted,
    String folder,
    SourceChoice choice,
    List<Notice> notices)
    implements Serializable {
  public DatasetSource {
    wanted = List.copyOf(wanted);
    notices = List.copyOf(notices);
  }

  /** The columns to read for a fit and a split, a row without a date being a reject. */
  public static List<SourceColumn> wanted(List<SourceColumn> source, FitPlan fit, DateSplit split) {
    Set<SourceColumn> inputs = new HashSet<>(fit.inputs());
    List<SourceColumn> wanted = new ArrayList<>();
    for (SourceColumn column : source) {
      if (column.name().equals(split.column()) && column.type() == ColumnType.DATE) {
        wanted.add(new SourceColumn(column.name(), column.type(), column.dateForm(), false));
        inputs.remove(column);
      } else if (inputs.remove(column)) {
        wanted.add(column);
      }
    }
    // What is read of a column a second time is not the source's to list.
    fit.inputs().stream().filter(inputs::contains).forEach(wanted::add);
    return wanted;
  }
}
