package dev.almanac.transforms.csv;

import dev.almanac.transforms.csv.scan.RowScanner;
import dev.almanac.transforms.reject.RejectReason;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rules of {@link RowScanner} as regular expressions over a whole file: an oracle for what the
 * second parser does not know, which is problems and mixed line breaks.
 */
public final class PlainCsv {
  private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"]|\"\")*+)\"");
  private static final Pattern PLAIN = Pattern.compile("[^,\r\n]*+");
  private static final Pattern LINE_REST = Pattern.compile("[^\r\n]*+");
  private static final Pattern LINE_BREAK = Pattern.compile("\r\n|\r|\n");

  private PlainCsv() {}

  public static List<CsvRows.Row> read(String csv) {
    List<CsvRows.Row> rows = new ArrayList<>();
    int at = 0;
    while (at < csv.length()) {
      int start = at;
      List<String> cells = new ArrayList<>();
      RejectReason problem = null;
      for (boolean more = true; more; ) {
        Matcher quoted = QUOTED.matcher(csv).region(at, csv.length());
        Matcher plain = PLAIN.matcher(csv).region(at, csv.length());
        if (quoted.lookingAt()) {
          cells.add(quoted.group(1).replace("\"\"", "\""));
          at = quoted.end();
        } else if (csv.startsWith("\"", at)) {
          problem = RejectReason.UNCLOSED_QUOTE;
          at = csv.length();
        } else if (plain.lookingAt()) {
          cells.add(plain.group());
          at = plain.end();
        }
        more = csv.startsWith(",", at);
        at += more ? 1 : 0;
      }
      Matcher lineRest = LINE_REST.matcher(csv).region(at, csv.length());
      if (lineRest.lookingAt() && lineRest.end() > at) {
        problem = RejectReason.MALFORMED_QUOTE;
        at = lineRest.end();
      }
      Matcher lineBreak = LINE_BREAK.matcher(csv).region(at, csv.length());
      at = lineBreak.lookingAt() ? lineBreak.end() : at;
      long line = 1 + LINE_BREAK.matcher(csv.substring(0, start)).results().count();
      rows.add(new CsvRows.Row(line, start, problem, problem == null ? cells : List.of()));
    }
    return rows;
  }
}
