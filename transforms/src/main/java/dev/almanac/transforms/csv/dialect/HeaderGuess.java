package dev.almanac.transforms.csv.dialect;

import dev.almanac.transforms.schema.text.NumberForm;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether a file's first row names the columns, though the rows behind it have more or fewer cells.
 *
 * @param asked names that somebody asks for; may be empty
 */
record HeaderGuess(NumberForm numbers, Set<String> asked) {
  HeaderGuess {
    asked = Set.copyOf(asked);
  }

  /** Whether some of the cells are names that are asked for. */
  boolean isAsked(List<String> cells) {
    return askedOf(cells) > 0;
  }

  private long askedOf(List<String> cells) {
    return cells.stream().map(String::strip).filter(asked::contains).count();
  }

  /**
   * Whether the first row is the header, rather than the first that has as many cells as most.
   *
   * @param rows the first of that size and those behind it
   */
  boolean isFirst(List<String> first, List<SignRow> rows) {
    List<String> other = rows.get(0).cells();
    long inFirst = askedOf(first);
    long inOther = askedOf(other);
    if (inFirst != inOther) {
      return inFirst > inOther;
    }
    return first.size() > 1 && areNames(first) && !(hasNoData(other) && data(rows));
  }

  /** Whether there is no number, no blank and no name twice. */
  private boolean areNames(List<String> cells) {
    Set<String> seen = new HashSet<>();
    return hasNoData(cells)
        && cells.stream().map(String::strip).allMatch(cell -> !cell.isEmpty() && seen.add(cell));
  }

  private boolean hasNoData(List<String> cells) {
    return cells.stream().noneMatch(cell -> CellSigns.isData(numbers, cell.strip()));
  }

  /** Whether most rows behind the first hold numbers or dates. */
  private boolean data(List<SignRow> rows) {
    long data = rows.stream().skip(1).filter(row -> !hasNoData(row.cells())).count();
    return data > 0 && 2 * data >= rows.size() - 1;
  }
}
