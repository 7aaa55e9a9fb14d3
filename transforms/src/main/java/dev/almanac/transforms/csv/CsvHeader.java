package dev.almanac.transforms.csv;

import dev.almanac.transforms.column.ColumnNames;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.problem.Names;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The names in a file's first row that is not blank; blanks around a name are cut off.
 *
 * <p>Names may repeat and may be empty: columns that nobody asks for do no harm.
 */
record CsvHeader(String file, List<String> names) {
  CsvHeader {
    names = List.copyOf(names);
  }

  /**
   * Reads the header, which the scanner keeps from then on.
   *
   * @throws IOException when the file is empty or its first row is no row of text
   */
  static CsvHeader read(RowScanner rows, CsvFormat format, String file) throws IOException {
    do {
      if (!rows.next()) {
        throw new ForeseenException(
            "Cannot read %s: the file is empty (a header is required)".formatted(file));
      }
    } while (rows.isBlank());
    if (rows.problem() != null) {
      throw new ForeseenException(
          "Cannot read %s: the header has no cells that can be told apart (%s)"
              .formatted(file, rows.problem()));
    }
    CellText cell = new CellText(format);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < rows.cells(); i++) {
      cell.of(rows, i).trim();
      if (!cell.isUtf8()) {
        throw new ForeseenException(
            "Cannot read %s: the header is not in the charset %s (column %d)"
                .formatted(file, format.charset(), i + 1));
      }
      names.add(cell.toString());
    }
    rows.keep();
    return new CsvHeader(file, names);
  }

  int size() {
    return names.size();
  }

  /**
   * The position of a wanted column.
   *
   * @return -1 when it is not there, and may be
   * @throws IOException when it is there twice, or not there and required
   */
  int position(String name, boolean required) throws IOException {
    int position = names.indexOf(name);
    if (position != names.lastIndexOf(name)) {
      throw new ForeseenException(
          "Cannot read %s: two columns are named '%s' (columns %d and %d)"
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
  Map<String, String> twice() {
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
