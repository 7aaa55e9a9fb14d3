package dev.almanac.transforms.staging;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.fit.FitPlan;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.split.DateSplit;
import dev.almanac.transforms.split.Split;
import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Everything a worker must know to make its share of a dataset. Immutable.
 *
 * @param source what is read, and how
 * @param tolerance what may be wrong with rows
 * @param keep what an earlier dataset must have been read with for this one to reuse what it kept
 *     of the source, and so what this one keeps; null to keep nothing
 */
public record DatasetJob(
    Staging staging,
    DatasetSource source,
    FitPlan fit,
    DateSplit split,
    DatasetLayout layout,
    Tolerance tolerance,
    DatasetIdentity identity,
    String keep)
    implements Serializable {

  /** The names in the files of some of the columns that are read. */
  List<String> sources(List<String> names) {
    return source.wanted().stream()
        .filter(column -> names.contains(column.name()))
        .map(SourceColumn::source)
        .toList();
  }

  /** The columns in the files that are read. */
  Set<String> wantedNames() {
    Set<String> names = new HashSet<>();
    source.wanted().forEach(column -> names.add(column.source()));
    return names;
  }

  /** The day in UTC on which the dataset was begun, since 1970-01-01. */
  public long begun() {
    return Instant.parse(identity.created()).atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay();
  }

  /** Whether the column that splits is read from the source; else a feature step makes it. */
  boolean splitsBySource() {
    return source.wanted().stream()
        .anyMatch(
            column -> column.name().equals(split.column()) && column.type() == ColumnType.DATE);
  }

  public String relative(String path) {
    return path.substring(source.folder().length());
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
