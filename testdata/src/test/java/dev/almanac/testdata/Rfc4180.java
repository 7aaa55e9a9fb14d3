package dev.almanac.testdata;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A strict reader of RFC 4180 with line feeds, written apart from the generator: the tests' own
 * judge of the files.
 */
final class Rfc4180 {

  private final String text;
  private int at;

  private Rfc4180(String text) {
    this.text = text;
  }

  static List<List<String>> read(byte[] bytes) {
    Rfc4180 reader = new Rfc4180(new String(bytes, StandardCharsets.US_ASCII));
    List<List<String>> records = new ArrayList<>();
    while (reader.at < reader.text.length()) {
      records.add(reader.record());
    }
    return records;
  }

  private List<String> record() {
    List<String> cells = new ArrayList<>();
    while (true) {
      cells.add(text.charAt(at) == '"' ? quoted() : bare());
      char end = text.charAt(at++);
      if (end == '\n') {
        return cells;
      }
      if (end != ',') {
        throw new AssertionError("byte " + (at - 1) + " follows a cell: '" + end + "'");
      }
    }
  }

  private String quoted() {
    StringBuilder cell = new StringBuilder();
    at++;
    while (true) {
      int quote = text.indexOf('"', at);
      cell.append(text, at, quote);
      at = quote + 1;
      if (text.charAt(at) != '"') {
        return cell.toString();
      }
      cell.append('"');
      at++;
    }
  }

  private String bare() {
    int start = at;
    while (text.charAt(at) != ',' && text.charAt(at) != '\n') {
      if (text.charAt(at) == '"') {
        throw new AssertionError("byte " + at + " is a quote inside a bare cell");
      }
      at++;
    }
    return text.substring(start, at);
  }
}
