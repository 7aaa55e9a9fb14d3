package dev.almanac.transforms.csv.dialect;

import dev.almanac.transforms.problem.Count;
import java.util.List;

/**
 * Rows that end in delimiters which their header lacks, as many in each.
 *
 * @param header cells of it
 * @param rows below it that end so
 * @param all whether none ends otherwise
 */
record LineEnds(int header, List<SignRow> rows, boolean all) {
  /**
   * Those of a file; null when few rows end so, or the first is no header.
   *
   * @param rows the file's first, at least one
   */
  static LineEnds of(List<SignRow> rows, HeaderGuess guess) {
    List<String> header = rows.get(0).cells();
    List<SignRow> below = rows.subList(1, rows.size());
    if (header.isEmpty() || below.isEmpty()) {
      return null;
    }
    int usual = DialectSigns.usualCells(below);
    List<SignRow> same = below.stream().filter(row -> row.cells().size() == usual).toList();
    if (usual <= header.size() || 10 * same.size() < 8 * below.size()) {
      return null;
    }
    boolean blank =
        same.stream()
            .flatMap(row -> row.cells().subList(header.size(), usual).stream())
            .allMatch(String::isBlank);
    return blank && guess.isFirst(header, same)
        ? new LineEnds(header.size(), same, same.size() == below.size())
        : null;
  }

  DialectSign sign() {
    int cells = rows.get(0).cells().size();
    int more = cells - header;
    return new DialectSign(
        null,
        null,
        "%s in %s that the header lacks (%s cells, the header has %s); add %s at the end of the header, or take %s off the rows"
            .formatted(
                all ? "every row ends" : "most rows end",
                more == 1 ? "a delimiter" : Count.of(more, "delimiter"),
                cells,
                header,
                more == 1 ? "one" : "as many",
                more == 1 ? "it" : "them"));
  }
}
