package dev.almanac.transforms.csv.dialect;

import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.csv.format.HeaderRow;
import dev.almanac.transforms.problem.Names;
import dev.almanac.transforms.schema.text.NumberForm;
import dev.almanac.transforms.schema.text.NumberKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Signs in the cells of a file's first rows, all of which have as many as the header. */
final class CellSigns {
  private static final Pattern DIGITS = Pattern.compile("[-/.: TZ+0-9]*[0-9][-/.: TZ+0-9]*");

  /** A comma as a decimal point: what stands behind it is no group of three. */
  private static final Pattern DECIMAL_COMMA =
      Pattern.compile("[+-]?(\\d+|\\d{1,3}(\\.\\d{3})+),(\\d{1,2}|\\d{4,})");

  private static final Pattern GROUPS = Pattern.compile("[+-]?[1-9]\\d{0,2}(,\\d{3})+(\\.\\d+)?");
  private static final Pattern DOT_GROUPS = Pattern.compile("[+-]?[1-9]\\d{0,2}(\\.\\d{3}){2,}");
  private static final Pattern WORD = Pattern.compile(".*\\p{L}.*", Pattern.DOTALL);

  private final CsvFormat format;
  private final NumberForm numbers;
  private final HeaderGuess guess;
  private final List<String> header;
  private final List<SignRow> rows;

  /**
   * Of rows below a header.
   *
   * @param guess which names are asked for: a row that holds one is a header
   * @param rows each has a cell for each name, or more
   */
  CellSigns(CsvFormat format, HeaderGuess guess, List<String> header, List<SignRow> rows) {
    this.format = format;
    this.numbers = format.numbers();
    this.guess = guess;
    this.header = header;
    this.rows = rows;
  }

  void addTo(List<DialectSign> signs) {
    boolean noHeader = false;
    int typed = 0;
    int units = 0;
    for (int i = 0; i < header.size(); i++) {
      int column = i;
      List<String> all = rows.stream().map(row -> row.cells().get(column).strip()).toList();
      List<String> values = present(i, all);
      if (holdsData(present(i, all.subList(all.size() > 2 ? 1 : 0, all.size())))) {
        typed++;
        noHeader |= isData(header.get(i).strip()) && !guess.isAsked(header);
        String first = all.get(0);
        boolean isUnit =
            !first.isEmpty() && !isData(first) && !format.nulls(name(i)).contains(first);
        units += isUnit ? 1 : 0;
        if (isData(first)) {
          units = Integer.MIN_VALUE / 2;
        }
      } else {
        addNumberSigns(i, values, signs);
        addTrimSign(i, signs);
      }
    }
    if (noHeader && format.header().inFile()) {
      signs.add(
          new DialectSign(
              "header: [the columns' names] or header: none",
              null,
              "its first row looks like data and no header (%s)".formatted(Names.listed(header))));
    } else if (typed > 0
        && units > 0
        && rows.size() > 2
        && !format.unitsRow()
        && format.header().inFile()) {
      signs.add(
          new DialectSign(
              "units-row: true",
              null,
              "the row behind its header holds no numbers where the others do (%s)"
                  .formatted(DialectSigns.shown(rows.get(0).line()))));
    }
  }

  private String name(int column) {
    return format.header().inFile() ? header.get(column).strip() : HeaderRow.numbered(column);
  }

  private List<String> present(int column, List<String> texts) {
    List<String> nulls = format.nulls(name(column));
    return texts.stream().filter(text -> !nulls.contains(text)).toList();
  }

  private boolean holdsData(List<String> values) {
    long data = values.stream().filter(this::isData).count();
    return values.size() >= 2 && 10 * data >= 9L * values.size();
  }

  private boolean isData(String text) {
    return isData(numbers, text);
  }

  /** Whether a text is a number, a date or a time in digits. */
  static boolean isData(NumberForm numbers, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return numbers.kind(bytes, 0, bytes.length) != NumberKind.NONE
        || text.length() >= 6 && DIGITS.matcher(text).matches();
  }

  private void addNumberSigns(int column, List<String> values, List<DialectSign> signs) {
    if (values.isEmpty() || format.decimal() == ',') {
      if (format.thousands() == null) {
        addDotGroups(column, values, signs);
      }
      return;
    }
    String comma = first(values, DECIMAL_COMMA);
    String group = first(values, GROUPS);
    long either =
        values.stream()
            .filter(
                text ->
                    isData(text)
                        || DECIMAL_COMMA.matcher(text).matches()
                        || GROUPS.matcher(text).matches()
                        || text.matches("[+-]?\\d+,\\d+"))
            .count();
    if (10 * either < 9L * values.size()) {
      return;
    }
    if (comma != null) {
      signs.add(
          new DialectSign(
              "decimal: \",\"",
              name(column),
              "column '%s' holds decimal commas (%s)".formatted(Names.of(name(column)), comma)));
    } else if (group != null && format.thousands() == null) {
      signs.add(
          new DialectSign(
              "thousands: \",\"",
              name(column),
              "column '%s' holds commas between thousands (%s)"
                  .formatted(Names.of(name(column)), group)));
    }
  }

  private void addDotGroups(int column, List<String> values, List<DialectSign> signs) {
    String group = first(values, DOT_GROUPS);
    if (group != null) {
      signs.add(
          new DialectSign(
              "thousands: \".\"",
              name(column),
              "column '%s' holds points between thousands (%s)"
                  .formatted(Names.of(name(column)), group)));
    }
  }

  private static String first(List<String> values, Pattern pattern) {
    return values.stream().filter(text -> pattern.matcher(text).matches()).findFirst().orElse(null);
  }

  /** Texts that differ by blanks around them alone. */
  private void addTrimSign(int column, List<DialectSign> signs) {
    if (format.trim()) {
      return;
    }
    Map<String, String> seen = new LinkedHashMap<>();
    List<String> shown = new ArrayList<>();
    for (SignRow row : rows) {
      String text = row.cells().get(column);
      String other = seen.putIfAbsent(text.strip(), text);
      if (other != null && !other.equals(text) && WORD.matcher(text).matches()) {
        shown.add("'%s' and '%s'".formatted(other, text));
        break;
      }
    }
    if (!shown.isEmpty()) {
      signs.add(
          new DialectSign(
              "trim: true",
              name(column),
              "column '%s' holds texts that differ by blanks around them alone (%s)"
                  .formatted(Names.of(name(column)), DialectSigns.shown(shown.get(0)))));
    }
  }
}
