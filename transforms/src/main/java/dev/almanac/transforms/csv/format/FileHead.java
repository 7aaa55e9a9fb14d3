package dev.almanac.transforms.csv.format;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What stands in a file before its rows.
 *
 * @param header where the columns' names are
 * @param skipRows lines before the header, or before the first row, that are passed over
 * @param unitsRow whether the row behind the header is passed over
 */
public record FileHead(HeaderRow header, int skipRows, boolean unitsRow) implements Serializable {
  public FileHead {
    Objects.requireNonNull(header, "header");
  }

  /** What is wrong with it; empty when nothing is. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (skipRows < 0) {
      problems.add("rows to skip are 0 or more (%s)".formatted(skipRows));
    }
    if (unitsRow && !header.inFile()) {
      problems.add(
          "a units row stands behind the file's own header; without one, skip it as one of skip-rows");
    }
    Set<String> seen = new HashSet<>();
    for (String name : header.names()) {
      if (!name.equals(name.strip())) {
        problems.add("a column's name has no blanks around it ('%s')".formatted(name));
      } else if (!name.isEmpty() && !seen.add(name)) {
        problems.add("no two columns have the same name ('%s')".formatted(name));
      }
    }
    return problems;
  }
}
