package dev.almanac.transforms.source;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.parquet.ParquetBatchReader;
import dev.almanac.transforms.parquet.ParquetColumn;
import dev.almanac.transforms.parquet.ParquetColumns;
import dev.almanac.transforms.parquet.ParquetKind;
import dev.almanac.transforms.parquet.ReadColumn;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.problem.Names;
import dev.almanac.transforms.schema.ColumnDemand;
import dev.almanac.transforms.schema.ColumnRoles;
import dev.almanac.transforms.schema.SchemaColumn;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.SourceSchema;
import dev.almanac.transforms.schema.text.DateForm;
import dev.almanac.transforms.schema.text.NumberKind;
import dev.almanac.transforms.schema.text.NumberText;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The schema that parquet files bring along: the union of their columns, and of those in the names
 * of their {@link HiveFolders folders}.
 *
 * <p>A column that is integers here and floating point there is double. What is asked of a column
 * decides where a file leaves a choice: a point in time is the day of one that must hold dates, and
 * else text that loses nothing; a decimal or an unsigned integer too large for a number of ours is
 * a double where numbers are asked for, and else text; text is read as numbers or dates where those
 * are asked for and nearly all of its first cells are such. Columns that cannot be read, or whose
 * files disagree, are left out unless they are named.
 */
public final class ParquetSchema {
  /** Cells of a column of text that are looked at to find what they are. */
  private static final int LOOKED_AT = 10_000;

  /** Of them so many percent must fit. */
  private static final int NEARLY_ALL_PERCENT = 90;

  private final List<StoredFile> files;
  private final ColumnRoles roles;
  private final Map<String, List<Found>> columns = new LinkedHashMap<>();

  private ParquetSchema(List<StoredFile> files, ColumnRoles roles) {
    this.files = files;
    this.roles = roles;
  }

  /** A column of one file. */
  private record Found(String file, ParquetColumn column) {}

  /** The columns of files, of which nothing is asked. */
  public static SourceSchema of(List<StoredFile> files) throws IOException {
    return of(files, ColumnRoles.none());
  }

  /**
   * Reads the footers of these files.
   *
   * @throws IOException naming the file, the column, its type and what to do, where a column is
   *     named that cannot be read or two files disagree on
   */
  public static SourceSchema of(List<StoredFile> files, ColumnRoles roles) throws IOException {
    ParquetSchema schema = new ParquetSchema(files, roles);
    for (StoredFile file : files) {
      for (ParquetColumn column : ParquetColumns.of(file.path()).columns()) {
        schema
            .columns
            .computeIfAbsent(column.name(), name -> new ArrayList<>())
            .add(new Found(file.path(), column));
      }
    }
    return schema.union();
  }

  private SourceSchema union() throws IOException {
    List<SchemaColumn> source = new ArrayList<>();
    for (Map.Entry<String, List<Found>> column : columns.entrySet()) {
      SourceColumn read = column(column.getKey(), column.getValue());
      if (read != null) {
        source.add(new SchemaColumn(read, seen(read, column.getValue())));
      }
    }
    for (SourceColumn column : FolderColumns.of(files, columns.keySet(), roles)) {
      source.add(new SchemaColumn(column, null));
    }
    return new SourceSchema(source, null);
  }

  /** What a person should know of how a column is read; null when nothing. */
  private SchemaColumn.Seen seen(SourceColumn read, List<Found> all) {
    Set<ColumnDemand> demands = roles.of(read.name());
    Found wide = all.stream().filter(found -> !found.column().exact()).findFirst().orElse(null);
    if (read.type() != ColumnType.DOUBLE
        || wide == null
        || !demands.contains(ColumnDemand.KEPT) && !demands.contains(ColumnDemand.TEXT)) {
      return null;
    }
    return new SchemaColumn.Seen(
        0,
        0,
        all.size(),
        null,
        List.of(),
        null,
        null,
        "it must hold numbers, so that its values (%s in %s) are the nearest doubles, where they are kept, too"
            .formatted(wide.column().type(), wide.file()));
  }

  /** The column as it is to be read; null when it cannot be, and nobody names it. */
  private SourceColumn column(String name, List<Found> all) throws IOException {
    ColumnType asked = FolderColumns.asked(roles.of(name));
    List<Found> some = new ArrayList<>();
    for (Found found : all) {
      if (!found.column().isReadable()) {
        if (!FolderColumns.isNamed(name, roles)) {
          return null;
        }
        new ParquetColumns(found.file(), List.of(found.column())).readable(name);
      }
      if (found.column().kind() != ParquetKind.NOTHING) {
        some.add(found);
      }
    }
    boolean nullable =
        all.size() < files.size() || all.stream().anyMatch(found -> found.column().nullable());
    if (some.isEmpty()) {
      ColumnType type = asked == null ? ColumnType.STRING : asked;
      return new SourceColumn(name, type, type == ColumnType.DATE ? DateForm.ISO : null, nullable);
    }
    ColumnType type = type(some, asked);
    if (type == null) {
      if (!FolderColumns.isNamed(name, roles)) {
        return null;
      }
      throw disagreement(name, some);
    }
    DateForm form = null;
    if (type == ColumnType.DATE) {
      form = isWritten(some) ? form(some) : isTimed(some) ? DateForm.ISO_ANY_TIME : DateForm.ISO;
      type = form == null ? natural(some) : type;
    } else if (type == ColumnType.DOUBLE && isText(some) && !holdsNumbers(some)) {
      type = ColumnType.STRING;
    }
    return type == null ? null : new SourceColumn(name, type, form, nullable);
  }

  private static ColumnType natural(List<Found> some) {
    return type(some, null);
  }

  private static boolean isTimed(List<Found> some) {
    return some.stream().anyMatch(found -> found.column().kind() == ParquetKind.TIMESTAMP);
  }

  /** Whether days are written in some form, as text or as an integer such as 20190131. */
  private static boolean isWritten(List<Found> some) {
    return some.stream().anyMatch(ParquetSchema::isWritten);
  }

  private static boolean isWritten(Found found) {
    return found.column().kind() == ParquetKind.TEXT
        || found.column().kind() == ParquetKind.INTEGER;
  }

  private static boolean isText(List<Found> some) {
    return some.stream().anyMatch(found -> found.column().kind() == ParquetKind.TEXT);
  }

  private static ColumnType type(List<Found> some, ColumnType asked) {
    List<ColumnType> natural =
        some.stream().map(found -> found.column().natural()).distinct().toList();
    if (asked == ColumnType.DATE && allRead(some, ColumnType.DATE)) {
      return ColumnType.DATE;
    }
    if (asked == ColumnType.DOUBLE && allRead(some, ColumnType.DOUBLE)) {
      return natural.equals(List.of(ColumnType.LONG)) ? ColumnType.LONG : ColumnType.DOUBLE;
    }
    if (natural.size() == 1) {
      return natural.get(0);
    }
    if (natural.stream().allMatch(ColumnType::isNumeric)) {
      return ColumnType.DOUBLE;
    }
    boolean dates =
        some.stream()
            .allMatch(
                found ->
                    found.column().kind() == ParquetKind.DATE
                        || found.column().kind() == ParquetKind.TIMESTAMP);
    boolean numbers = some.stream().allMatch(found -> isExactKind(found.column().kind()));
    return (dates || numbers) && allRead(some, ColumnType.STRING) ? ColumnType.STRING : null;
  }

  /** The numbers whose text is the very value, so that text and number of two files are one. */
  private static boolean isExactKind(ParquetKind kind) {
    return kind == ParquetKind.INTEGER
        || kind == ParquetKind.UNSIGNED_LONG
        || kind == ParquetKind.DECIMAL;
  }

  private static boolean allRead(List<Found> some, ColumnType type) {
    return some.stream().allMatch(found -> found.column().reads(type));
  }

  private static ForeseenException disagreement(String name, List<Found> some) {
    Found first = some.get(0);
    Found other =
        some.stream()
            .filter(found -> found.column().natural() != first.column().natural())
            .findFirst()
            .orElseThrow();
    return new ForeseenException(
        "Cannot read %s: column '%s' is %s there and %s in %s; write it as one type in all files"
            .formatted(
                other.file(),
                Names.of(name),
                other.column().type(),
                first.column().type(),
                first.file()));
  }

  /** The first form that nearly all of the first cells have; null when none is. */
  private static DateForm form(List<Found> some) throws IOException {
    List<byte[]> cells = texts(some);
    DateForm best = null;
    long most = 0;
    for (DateForm form : DateForm.values()) {
      long fits =
          cells.stream()
              .filter(cell -> form.parse(cell, 0, cell.length) != DateForm.NO_DATE)
              .count();
      if (fits > most) {
        best = form;
        most = fits;
      }
    }
    return isNearlyAll(most, cells.size()) ? best == null ? DateForm.ISO : best : null;
  }

  private static boolean holdsNumbers(List<Found> some) throws IOException {
    List<byte[]> cells = texts(some);
    long fits =
        cells.stream()
            .map(cell -> NumberText.kind(cell, 0, cell.length))
            .filter(NumberKind::isFiniteDouble)
            .count();
    return isNearlyAll(fits, cells.size());
  }

  private static boolean isNearlyAll(long fits, int cells) {
    return 100 * fits >= (long) NEARLY_ALL_PERCENT * cells;
  }

  private static List<byte[]> texts(List<Found> some) throws IOException {
    List<byte[]> texts = new ArrayList<>();
    for (Found found : some) {
      if (!isWritten(found)) {
        continue;
      }
      Field field = Field.nullable(found.column().name(), ColumnType.STRING);
      try (ParquetBatchReader reader =
          ParquetBatchReader.open(
              found.file(),
              SourceRows.BATCH_ROWS,
              List.of(new ReadColumn(field.name(), field, null)))) {
        for (ColumnBatch batch = reader.read();
            batch != null && texts.size() < LOOKED_AT;
            batch = reader.read()) {
          Column cells = batch.column(field.name());
          for (int row = 0; row < batch.rows() && texts.size() < LOOKED_AT; row++) {
            if (!cells.isNull(row)) {
              texts.add(((StringColumn) cells).value(row).strip().getBytes(StandardCharsets.UTF_8));
            }
          }
        }
      }
      if (texts.size() >= LOOKED_AT) {
        break;
      }
    }
    return texts;
  }
}
