package dev.almanac.pipelines.work.schema;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.problem.Count;
import dev.almanac.transforms.problem.Notice;
import dev.almanac.transforms.schema.ColumnDemand;
import dev.almanac.transforms.schema.ColumnRoles;
import dev.almanac.transforms.schema.SchemaColumn;
import dev.almanac.transforms.schema.SourceSchema;
import dev.almanac.transforms.schema.text.DateForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What inference saw in a source that a person should know before, or instead of, a dataset. */
public final class SchemaNotices {
  private SchemaNotices() {}

  /**
   * Of a schema whose rows are about to be read.
   *
   * @param folder that holds all source files: paths are given from there
   */
  public static List<Notice> of(SourceSchema schema, ColumnRoles roles, String folder) {
    List<Notice> notices = new ArrayList<>();
    SourceSchema.Seen seen = schema.seen();
    if (seen != null && seen.rejectedRows() > 0) {
      notices.add(
          new Notice(
              Notice.Kind.ROWS_NOT_INFERRED,
              null,
              seen.rejectedRows(),
              "%s of %s could not be read and said nothing about the columns' types; the first"
                  .formatted(seen.rejectedRows(), Count.of(seen.rows(), "row")),
              seen.firstRejected() == null
                  ? List.of()
                  : List.of(relative(seen.firstRejected().words(), folder))));
    }
    for (SchemaColumn column : schema.columns()) {
      Set<ColumnDemand> asked = roles.of(column.name());
      if (column.seen() != null && !asked.isEmpty()) {
        addText(notices, column, asked, folder);
      }
      if (asked.contains(ColumnDemand.DATES) && column.column().dateForm() != null) {
        addDates(notices, column);
      }
    }
    return notices;
  }

  private static void addText(
      List<Notice> notices, SchemaColumn column, Set<ColumnDemand> asked, String folder) {
    SchemaColumn.Altered altered = column.seen().altered();
    DateForm form = column.column().dateForm();
    boolean stands = asked.contains(ColumnDemand.TEXT) || asked.contains(ColumnDemand.KEPT);
    if (altered == null || !stands || form != null && form.hasTime()) {
      return;
    }
    List<String> place =
        List.of("%s, line %s".formatted(relative(altered.file(), folder), altered.line()));
    if (column.column().type() == ColumnType.STRING) {
      notices.add(
          new Notice(
              Notice.Kind.KEPT_AS_TEXT,
              column.name(),
              0,
              "column '%s' stays text, for as a %s '%s' would become '%s'"
                  .formatted(column.name(), altered.type(), altered.text(), altered.becomes()),
              place));
    } else {
      notices.add(
          new Notice(
              Notice.Kind.KEPT_AS_VALUES,
              column.name(),
              0,
              "column '%s' is read as %s, so that its texts do not all come back: '%s' becomes '%s'"
                  .formatted(
                      column.name(),
                      column.column().type() == ColumnType.DATE ? "dates" : "numbers",
                      altered.text(),
                      altered.becomes()),
              place));
    }
  }

  private static void addDates(List<Notice> notices, SchemaColumn column) {
    DateForm form = column.column().dateForm();
    List<String> said = new ArrayList<>();
    if (form.isNumber()) {
      said.add("it is read as %s, a day in UTC".formatted(form.pattern()));
    } else if (form.hasTime()) {
      said.add("the day is taken as it is written, times and zones are not used");
    }
    if (form.hasShortYear()) {
      said.add("years of two digits: 69 to 99 mean 1969 to 1999, 00 to 68 mean 2000 to 2068");
    }
    if (column.seen() != null
        && column.seen().misfits() == null
        && column.seen().note() != null
        && column.seen().note().startsWith("every value")) {
      said.add(column.seen().note());
    }
    if (!said.isEmpty()) {
      notices.add(
          new Notice(
              Notice.Kind.DATES_AS_READ,
              column.name(),
              0,
              "column '%s' is read as %s: %s"
                  .formatted(column.name(), form.pattern(), String.join("; ", said)),
              List.of()));
    }
  }

  /** For each column that is not what its role asks, what stands in its way. */
  public static List<String> evidence(SourceSchema schema, ColumnRoles roles) {
    List<String> evidence = new ArrayList<>();
    for (SchemaColumn column : schema.columns()) {
      Set<ColumnDemand> asked = roles.of(column.name());
      boolean number = asked.contains(ColumnDemand.NUMBERS) && !column.column().type().isNumeric();
      boolean date =
          asked.contains(ColumnDemand.DATES) && column.column().type() != ColumnType.DATE;
      if ((number || date) && column.seen() != null && column.seen().note() != null) {
        evidence.add("column '%s': %s".formatted(column.name(), column.seen().note()));
      }
    }
    SourceSchema.Seen seen = schema.seen();
    if (seen != null && seen.rejectedRows() > 0) {
      evidence.add(
          "%s of %s could not be read when types were inferred; the first is %s"
              .formatted(
                  seen.rejectedRows(), Count.of(seen.rows(), "row"), seen.firstRejected().words()));
    }
    return evidence;
  }

  private static String relative(String place, String folder) {
    return place.startsWith(folder) ? place.substring(folder.length()) : place;
  }
}
