package dev.almanac.transforms.csv.format;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The characters that give a file its cells, each an ASCII character.
 *
 * @param delimiter between cells
 * @param quote around cells, doubled inside them; null when quotes are text
 * @param escape before a quote, or itself, that is text: in quoted cells, and in any cell where
 *     quotes are text, there before delimiters and line breaks too; null when nothing escapes
 * @param comment a line that begins with it is passed over; null when none is
 */
public record CsvMarks(char delimiter, Character quote, Character escape, Character comment)
    implements Serializable {
  public CsvMarks {
    if (Objects.equals(escape, quote)) {
      escape = null; // Doubling, which is always read.
    }
  }

  /** What is wrong with them; empty when nothing is. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (!isMark(delimiter)) {
      problems.add("the delimiter is an ASCII character and no line break");
    }
    if (quote != null && (!isMark(quote) || quote == ' ')) {
      problems.add("the quote is an ASCII character and no blank");
    }
    if (escape != null && (!isMark(escape) || escape == ' ')) {
      problems.add("the escape is an ASCII character and no blank");
    }
    if (comment != null && (!isMark(comment) || comment == ' ')) {
      problems.add("the comment is an ASCII character and no blank");
    }
    if (quote != null && delimiter == quote) {
      problems.add("delimiter and quote differ");
    }
    if (escape != null && escape == delimiter) {
      problems.add("delimiter and escape differ");
    }
    if (comment != null
        && (comment == delimiter || comment.equals(quote) || comment.equals(escape))) {
      problems.add("the comment is no delimiter, quote or escape ('%s')".formatted(comment));
    }
    return problems;
  }

  private static boolean isMark(char c) {
    return c > 0 && c < 0x80 && c != '\n' && c != '\r';
  }
}
