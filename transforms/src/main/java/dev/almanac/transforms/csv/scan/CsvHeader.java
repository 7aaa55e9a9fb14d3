package dev.almanac.transforms.csv.scan;

import dev.almanac.transforms.column.ColumnNames;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.csv.format.HeaderRow;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.problem.Names;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The names of a file's columns: those in its first row that is not blank, or those that the format
 * gives. Blanks around a name are removed.
 *
 * <p>Names may repeat and may be empty, as long as nobody asks for such a column.
 */
public record CsvHeader(String file, List<String> names) {
  private static final char MARK = '\uFEFF';

  /** Stands 257 bytes into a tar archive, among NUL bytes. */
  private static final String TAR = "ustar";

  public CsvHeader {
    names = List.copyOf(names);
  }

  /**
   * Reads the header, where there is one, and goes to the first row behind it and what stands
   * before it; the scanner keeps the header from then on.
   *
   * @throws IOException when the file is empty or its first row is no row of text
   */
  public static CsvHeader read(RowScanner rows, CsvFormat format, String file) throws IOException {
    rows.skipLines(format.skipRows());
    boolean isThere = nextRow(rows);
    List<String> given = format.header().names();
    if (!isThere && given.isEmpty()) {
      throw new ForeseenException(
          "Cannot read %s: the file is empty%s (%s)"
              .formatted(
                  file,
                  format.skipRows() > 0 || format.comment() != null
                      ? " but for what source.skip-rows and source.comment pass over"
                      : "",
                  format.header().inFile()
                      ? "a header is required"
                      : "without names its first row says how many columns there are"));
    }
    if (!given.isEmpty()) {
      return given(rows, format, file, isThere);
    }
    if (rows.problem() != null) {
      throw new ForeseenException(
          "Cannot read %s: the %s has no cells that can be told apart (%s)"
              .formatted(file, format.header().inFile() ? "header" : "first row", rows.problem()));
    }
    if (!format.header().inFile()) {
      List<String> numbered =
          IntStream.range(0, rows.cells()).mapToObj(HeaderRow::numbered).toList();
      rows.pushBack();
      return new CsvHeader(file, numbered);
    }
    List<String> names = names(rows, format, file);
    rows.keep();
    if (format.unitsRow()) {
      nextRow(rows);
    }
    return new CsvHeader(file, names);
  }

  /** Files without a header; one that has it all the same, with these names, is read as it is. */
  private static CsvHeader given(RowScanner rows, CsvFormat format, String file, boolean isThere)
      throws IOException {
    List<String> given = format.header().names();
    boolean isHeader =
        isThere
            && rows.problem() == null
            && rows.cells() == given.size()
            && names(rows, format, file).equals(given);
    if (isHeader) {
      rows.keep();
    } else {
      if (isThere) {
        rows.pushBack();
      }
      rows.keep(
          String.join(String.valueOf(format.delimiter()), given).getBytes(StandardCharsets.UTF_8));
    }
    return new CsvHeader(file, given);
  }

  private static boolean nextRow(RowScanner rows) throws IOException {
    do {
      if (!rows.next()) {
        return false;
      }
    } while (rows.isBlank());
    return true;
  }

  private static List<String> names(RowScanner rows, CsvFormat format, String file)
      throws IOException {
    CellText cell = new CellText(format);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < rows.cells(); i++) {
      cell.of(rows, i).trim();
      if (!cell.isUtf8()) {
        throw new ForeseenException(
            "Cannot read %s: the header is not in the charset %s (column %s)"
                .formatted(file, format.charset(), i + 1));
      }
      String name = cell.toString();
      if (name.indexOf('\0') >= 0 && name.contains(TAR)) {
        throw new ForeseenException(
            "Cannot read %s: it is a tar archive and no CSV file; unpack it".formatted(file));
      }
      names.add(withoutMarks(name));
    }
    return names;
  }

  /** A byte order mark is no part of a name, wherever files were put together. */
  private static String withoutMarks(String name) {
    return name.indexOf(MARK) < 0 ? name : name.replace(String.valueOf(MARK), "").strip();
  }

  public int size() {
    return names.size();
  }

  /**
   * The position of a wanted column.
   *
   * @return -1 when it is not there, and may be
   * @throws IOException when it is there twice, or not there and required
   */
  public int position(String name, boolean required) throws IOException {
    int position = names.indexOf(name);
    if (position != names.lastIndexOf(name)) {
      throw new ForeseenException(
          "Cannot read %s: two columns are named '%s' (columns %s and %s)"
              .formatted(file, name, position + 1, names.lastIndexOf(name) + 1));
    }
    if (position < 0 && required) {
      throw new ForeseenException(
          ("Cannot read %s: column '%s' is missing and the schema does not allow nulls in it"
                  + " (the columns are %s%s)")
              .formatted(file, name, listed(), ColumnNames.suggestion(name, names)));
    }
    return position;
  }

  /** In words, by name, which columns have a name that is not theirs alone; often none. */
  public Map<String, String> twice() {
    Map<String, List<Integer>> positions = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      positions.computeIfAbsent(names.get(i), name -> new ArrayList<>()).add(i + 1);
    }
    Map<String, String> twice = new HashMap<>();
    positions.forEach(
        (name, columns) -> {
          if (columns.size() > 1) {
            twice.put(
                name,
                "columns %s named '%s'"
                    .formatted(
                        columns.stream().map(String::valueOf).collect(Collectors.joining(" and ")),
                        name));
          }
        });
    return twice;
  }

  private String listed() {
    return Names.listed(names);
  }
}
