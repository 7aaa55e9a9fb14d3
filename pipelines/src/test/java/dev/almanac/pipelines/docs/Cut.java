package dev.almanac.pipelines.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What stands in a test between {@code docs: begin} and {@code docs: end}, as a page shows it. */
final class Cut {
  private static final String BEGIN = "// docs: begin";
  private static final String END = "// docs: end";

  private Cut() {}

  /** The cuts of a source, each less the indent of its marks. */
  static List<String> of(List<String> source) {
    List<String> cuts = new ArrayList<>();
    int begin = -1;
    for (int i = 0; i < source.size(); i++) {
      String line = source.get(i).strip();
      if (line.equals(BEGIN)) {
        begin = i;
      } else if (line.equals(END)) {
        cuts.add(text(source.subList(begin + 1, i), source.get(begin).indexOf(BEGIN)));
      }
    }
    return cuts;
  }

  private static String text(List<String> lines, int indent) {
    return lines.stream()
        .map(line -> line.substring(Math.min(indent, line.length())))
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
