package dev.almanac.transforms.source;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.schema.ColumnDemand;
import dev.almanac.transforms.schema.ColumnRoles;
import dev.almanac.transforms.schema.SchemaColumn;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.SourceSchema;
import dev.almanac.transforms.storage.StoredFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The columns that stand in the names of a source's folders, see {@link HiveFolders}. */
public final class FolderColumns {
  private FolderColumns() {}

  /**
   * The columns that files have by their folders' names, beside those with these names. Folders
   * above all files count for columns that are named alone: else a table would depend on where it
   * lies.
   */
  static List<SourceColumn> of(
      List<StoredFile> files, Collection<String> names, ColumnRoles roles) {
    String above = files.isEmpty() ? "" : SourceFolder.of(files);
    Map<String, List<String>> values = new TreeMap<>();
    for (StoredFile file : files) {
      Set<String> below = HiveFolders.of(file.path().substring(above.length())).keySet();
      HiveFolders.of(file.path())
          .forEach(
              (name, value) -> {
                if (below.contains(name) || isNamed(name, roles)) {
                  values.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
                }
              });
    }
    values.keySet().removeAll(names);
    List<SourceColumn> columns = new ArrayList<>();
    values.forEach(
        (name, all) ->
            columns.add(
                HiveFolders.column(
                    name,
                    all,
                    asked(roles.of(name)),
                    all.size() < files.size() || all.contains(null))));
    return columns;
  }

  /** The schema of files of any format, and the columns in the names of their folders. */
  public static SourceSchema in(SourceSchema schema, List<StoredFile> files, ColumnRoles roles) {
    List<SchemaColumn> columns = new ArrayList<>(schema.columns());
    of(files, schema.names(), roles).forEach(column -> columns.add(new SchemaColumn(column, null)));
    return columns.size() == schema.columns().size()
        ? schema
        : new SourceSchema(columns, schema.seen());
  }

  /** Double for any number, date, or string for what stands for itself; null for nothing. */
  static ColumnType asked(Set<ColumnDemand> demands) {
    if (demands.contains(ColumnDemand.DATES)) {
      return ColumnType.DATE;
    }
    if (demands.contains(ColumnDemand.NUMBERS) || demands.contains(ColumnDemand.NUMBERS_IF_ANY)) {
      return ColumnType.DOUBLE;
    }
    return demands.isEmpty() ? null : ColumnType.STRING;
  }

  /** Whether a column is asked for by its own name and not by a pattern. */
  static boolean isNamed(String name, ColumnRoles roles) {
    return roles.roles().stream().anyMatch(role -> role.column().equals(name));
  }
}
