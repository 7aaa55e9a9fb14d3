package dev.almanac.transforms.schema;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.schema.text.DateForm;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A schema as JSON, for a person to read and correct.
 *
 * <p>An object a column: {@code name}, {@code type} (long, double, date or string), {@code
 * date-form} for dates alone, {@code nullable}. What stands under {@code seen} informs and is not
 * enforced; a person may leave it out.
 */
public final class SchemaFile {
  private static final int VERSION = 1;

  private static final List<ColumnType> TYPES =
      List.of(ColumnType.LONG, ColumnType.DOUBLE, ColumnType.DATE, ColumnType.STRING);

  private SchemaFile() {}

  private record Document(Integer formatVersion, List<Entry> columns, SourceSchema.Seen seen) {}

  private record Entry(
      String name, String type, String dateForm, Boolean nullable, SchemaColumn.Seen seen) {
    static Entry of(SchemaColumn column) {
      SourceColumn required = column.column();
      return new Entry(
          required.name(),
          required.type().text(),
          required.dateForm() == null ? null : required.dateForm().pattern(),
          required.nullable(),
          column.seen());
    }
  }

  /** The file's text. */
  public static String text(SourceSchema schema) {
    return Json.pretty(
        new Document(VERSION, schema.columns().stream().map(Entry::of).toList(), schema.seen()));
  }

  /** Writes the file in place of what is there. */
  public static void write(SourceSchema schema, String path) throws IOException {
    Storage.writeText(path, text(schema));
  }

  /**
   * Reads the file.
   *
   * @throws IOException naming the file and all that is wrong with it
   */
  public static SourceSchema read(String path) throws IOException {
    return parse(Storage.readText(path), path);
  }

  /**
   * Reads a file's text.
   *
   * @param place the file's path, for messages
   * @throws IOException naming the place and all that is wrong with it
   */
  public static SourceSchema parse(String text, String place) throws IOException {
    Document document = Json.read(text, Document.class, place);
    if (document == null || document.formatVersion() == null) {
      throw new ForeseenException("Cannot read %s: format-version is missing".formatted(place));
    }
    if (document.formatVersion() != VERSION) {
      throw new ForeseenException(
          "Cannot read %s: its format-version is %s (this program reads %s)"
              .formatted(place, document.formatVersion(), VERSION));
    }
    if (document.columns() == null || document.columns().isEmpty()) {
      throw new ForeseenException("Cannot read %s: columns are missing".formatted(place));
    }
    List<String> problems = new ArrayList<>();
    Set<String> names = new HashSet<>();
    List<SchemaColumn> columns = new ArrayList<>();
    for (int i = 0; i < document.columns().size(); i++) {
      Entry entry = document.columns().get(i);
      List<String> own = problems(entry);
      if (entry != null && entry.name() != null && !names.add(entry.name())) {
        own.add("another column has the same name");
      }
      if (own.isEmpty()) {
        columns.add(column(entry));
      } else {
        problems.add("%s: %s".formatted(label(entry, i), String.join(", ", own)));
      }
    }
    if (!problems.isEmpty()) {
      throw new ForeseenException(
          "Cannot read %s: %s".formatted(place, String.join("; ", problems)));
    }
    return new SourceSchema(columns, document.seen());
  }

  private static String label(Entry entry, int index) {
    return entry == null || entry.name() == null
        ? "columns[%s]".formatted(index)
        : "column '%s'".formatted(entry.name());
  }

  private static List<String> problems(Entry entry) {
    List<String> problems = new ArrayList<>();
    if (entry == null) {
      problems.add("it is null");
      return problems;
    }
    if (entry.name() == null || entry.name().isEmpty()) {
      problems.add("name is missing");
    }
    if (entry.nullable() == null) {
      problems.add("nullable is missing");
    }
    boolean isDate = ColumnType.DATE.text().equals(entry.type());
    if (entry.type() == null) {
      problems.add("type is missing");
    } else if (TYPES.stream().noneMatch(type -> type.text().equals(entry.type()))) {
      problems.add("type '%s' is none of %s".formatted(entry.type(), TYPES));
    } else if (isDate && entry.dateForm() == null) {
      problems.add("a date needs a date-form, one of %s".formatted(forms()));
    } else if (!isDate && entry.dateForm() != null) {
      problems.add("date-form is for dates alone (its type is %s)".formatted(entry.type()));
    }
    if (entry.dateForm() != null && !forms().contains(entry.dateForm())) {
      problems.add("date-form '%s' is none of %s".formatted(entry.dateForm(), forms()));
    }
    return problems;
  }

  private static Set<String> forms() {
    Set<String> forms = new TreeSet<>();
    for (DateForm form : DateForm.values()) {
      forms.add(form.pattern());
    }
    return forms;
  }

  private static SchemaColumn column(Entry entry) {
    DateForm form = entry.dateForm() == null ? null : DateForm.of(entry.dateForm());
    return new SchemaColumn(
        new SourceColumn(entry.name(), ColumnType.of(entry.type()), form, entry.nullable()),
        entry.seen());
  }
}
