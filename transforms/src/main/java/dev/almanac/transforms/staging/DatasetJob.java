package dev.almanac.transforms.staging;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.fit.FitPlan;
import dev.almanac.transforms.problem.Notice;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.source.SourceChoice;
import dev.almanac.transforms.split.DateSplit;
import dev.almanac.transforms.split.Split;
import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Everything a worker must know to make its share of a dataset. Immutable.
 *
 * @param wanted the columns to read from the source: those of the fit and the column of dates
 * @param maxUnreadable the largest share of a step's cells that the row-wise features may make
 *     missing though they were there
 * @param unknownClasses what becomes of rows of a class that train has not
 * @param sourceFolder the deepest folder that holds all source files; below it paths are the same
 *     wherever the source lies
 * @param keep what an earlier dataset must have been read with for this one to reuse what it kept
 *     of the source, and so what this one keeps; null to keep nothing
 * @param notices what is known of the source before its rows are read
 * @param choice what of the source is not read
 */
public record DatasetJob(
    Staging staging,
    CsvFormat format,
    List<SourceColumn> wanted,
    FitPlan fit,
    DateSplit split,
    DatasetLayout layout,
    RejectPolicy rejects,
    double maxUnreadable,
    UnknownClassPolicy unknownClasses,
    DatasetIdentity identity,
    String sourceFolder,
    String keep,
    List<Notice> notices,
    SourceChoice choice)
    implements Serializable {

  public DatasetJob {
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

  /** The names in the files of some of the columns that are read. */
  List<String> sources(List<String> names) {
    return wanted.stream()
        .filter(column -> names.contains(column.name()))
        .map(SourceColumn::source)
        .toList();
  }

  /** The columns in the files that are read. */
  Set<String> wantedNames() {
    Set<String> names = new HashSet<>();
    wanted.forEach(column -> names.add(column.source()));
    return names;
  }

  /** The day in UTC on which the dataset was begun, since 1970-01-01. */
  public long begun() {
    return Instant.parse(identity.created()).atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay();
  }

  /** Whether the column that splits is read from the source; else a feature step makes it. */
  boolean splitsBySource() {
    return wanted.stream()
        .anyMatch(
            column -> column.name().equals(split.column()) && column.type() == ColumnType.DATE);
  }

  public String relative(String path) {
    return path.substring(sourceFolder.length());
  }

  /** Whether the dataset keeps the rows it read and their statistics, by range of the source. */
  public boolean keepSource() {
    return keep != null;
  }

  /** The spool with a chunk's rows of a split, in the order that the dataset wants. */
  public String spool(int chunk, Split split) {
    boolean shuffled = split == Split.TRAIN && layout.shuffled();
    return shuffled || !keepSource() ? staging.spool(chunk) : staging.keptRows(chunk);
  }

  /** The columns that the second pass needs. */
  TableSchema spoolSchema() {
    return fit.usedSchema();
  }

  public String label() {
    return fit.columns().label();
  }
}
