package dev.almanac.transforms.csv.dialect;

import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.csv.scan.CellText;
import dev.almanac.transforms.csv.scan.RowShape;
import dev.almanac.transforms.csv.stream.Decompression;
import dev.almanac.transforms.csv.stream.MarkedText;
import dev.almanac.transforms.problem.Count;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.problem.Printable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Signs in a file's first bytes that it is written otherwise than the format says: another
 * delimiter or encoding, comments, lines before the header, no header, units behind it, other
 * numbers, escapes, blanks around text. They are guesses and do not change how the file is read.
 */
public final class DialectSigns {
  /** Lines before the header at most. */
  private static final int MOST_SKIPPED = 50;

  private static final int SHOWN = 60;

  private final CsvFormat format;
  private final byte[] text;
  private final HeaderGuess guess;
  private final List<DialectSign> signs = new ArrayList<>();

  private DialectSigns(CsvFormat format, byte[] text, Set<String> asked) {
    this.format = format;
    this.text = text;
    this.guess = new HeaderGuess(format.numbers(), asked);
  }

  /**
   * The signs in a file.
   *
   * @param bytes the file from its start, packed or not; closed
   * @param file path for messages
   * @param asked names of columns that somebody asks for
   * @throws IOException when the file cannot be read; of one that is damaged, naming it
   */
  public static List<DialectSign> in(
      InputStream bytes, String file, CsvFormat format, Set<String> asked) throws IOException {
    try (InputStream in = bytes;
        InputStream expanded = Decompression.of(in, file)) {
      return in(expanded.readNBytes(RowShape.HEAD), format, asked);
    }
  }

  /** The signs in the first bytes of a file that is not packed. */
  static List<DialectSign> in(byte[] head, CsvFormat format, Set<String> asked) {
    try (InputStream in =
        MarkedText.utf8(new ByteArrayInputStream(head), Charset.forName(format.charset()))) {
      return inText(in.readAllBytes(), format, asked);
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read bytes that are in memory", e);
    }
  }

  /** The same of bytes that are UTF-8 if the format is right. */
  private static List<DialectSign> inText(byte[] utf8, CsvFormat format, Set<String> asked) {
    String wide = wideEncoding(utf8, format);
    if (wide != null) {
      return List.of(
          new DialectSign(
              "encoding: " + wide, null, "every other byte is NUL, as in text of two bytes each"));
    }
    DialectSigns found = new DialectSigns(format, utf8, asked);
    found.look();
    return List.copyOf(found.signs);
  }

  /** An error with the signs that may explain it. */
  public static ForeseenException explained(
      ForeseenException error, byte[] utf8, CsvFormat format, Set<String> asked) {
    // One of another type says of the file itself what is wrong, such as that it was changed.
    boolean isOfText = error.getClass() == ForeseenException.class;
    List<DialectSign> signs = isOfText ? inText(utf8, format, asked) : List.of();
    return signs.isEmpty()
        ? error
        : new ForeseenException("%s; %s".formatted(error.getMessage(), listed(signs)), error);
  }

  /** The signs as part of a sentence. */
  public static String listed(List<DialectSign> signs) {
    return String.join("; ", signs.stream().map(DialectSign::toString).toList());
  }

  private static String wideEncoding(byte[] head, CsvFormat format) {
    if (!format.isUtf8()) {
      return null;
    }
    int[] nuls = new int[2];
    for (int i = 0; i < head.length; i++) {
      nuls[i % 2] += head[i] == 0 ? 1 : 0;
    }
    if (4 * (nuls[0] + nuls[1]) < head.length || head.length < 4) {
      return null;
    }
    // Text has them on one side alone; on both they are blocks of something else, such as an
    // archive.
    if (4 * Math.min(nuls[0], nuls[1]) > Math.max(nuls[0], nuls[1])) {
      return null;
    }
    return nuls[1] > nuls[0] ? "UTF-16LE" : "UTF-16BE";
  }

  private void look() {
    lookAtEncoding();
    List<SignRow> rows = SignRow.read(text, format);
    if (rows.isEmpty()) {
      return;
    }
    lookForEscapes();
    SignRow first = rows.get(0);
    if (first.line().matches("(?i)sep=.")) {
      char said = first.line().charAt(first.line().length() - 1);
      signs.add(
          new DialectSign(
              said == format.delimiter()
                  ? "skip-rows: 1"
                  : "skip-rows: 1 and delimiter: \"%s\"".formatted(said),
              null,
              "its first line says the delimiter (%s)".formatted(first.line())));
      return;
    }
    if (first.cells().size() == 1 && lookAtDelimiter(rows)) {
      return;
    }
    LineEnds ends = format.header().inFile() ? LineEnds.of(rows, guess) : null;
    if (ends != null) {
      signs.add(ends.sign());
      new CellSigns(format, guess, first.cells(), ends.rows()).addTo(signs);
      return;
    }
    int usual = usualCells(rows);
    int header = 0;
    if (usual > 1 && first.cells().size() != usual) {
      header = lookAtPreamble(rows, usual);
    }
    if (header < 0 || header + 1 >= rows.size()) {
      return;
    }
    List<SignRow> same =
        rows.subList(header + 1, rows.size()).stream()
            .filter(row -> row.cells().size() == rows.get(0).cells().size() || usual > 1)
            .filter(row -> row.cells().size() == usual)
            .toList();
    if (same.isEmpty() || rows.get(header).cells().size() != usual) {
      return;
    }
    new CellSigns(format, guess, rows.get(header).cells(), same).addTo(signs);
  }

  private void lookAtEncoding() {
    int end = text.length;
    // The last character may be cut.
    for (int cut = 0; cut < 4 && end >= 0; cut++, end--) {
      if (CellText.isUtf8(text, 0, end)) {
        return;
      }
    }
    if (format.isUtf8()) {
      signs.add(new DialectSign("encoding: windows-1252", null, "bytes in it are no UTF-8"));
    }
  }

  /** A backslash before a quote that text follows. */
  private void lookForEscapes() {
    if (format.escape() != null || format.quote() == null) {
      return;
    }
    for (int at = 0; at + 2 < text.length; at++) {
      byte next = text[at + 2];
      if (text[at] == '\\'
          && text[at + 1] == format.quote()
          && next != format.delimiter()
          && next != '\n'
          && next != '\r'
          && next != format.quote()) {
        int to = Math.min(text.length, at + 20);
        signs.add(
            new DialectSign(
                "escape: \"\\\\\"",
                null,
                "quotes in it are escaped by a backslash (%s)"
                    .formatted(shown(new String(text, at, to - at, StandardCharsets.UTF_8)))));
        return;
      }
    }
  }

  /** Whether the header is one cell and another delimiter stands in every line. */
  private boolean lookAtDelimiter(List<SignRow> rows) {
    for (char delimiter : new char[] {';', '\t', '|', ','}) {
      long inHeader = count(rows.get(0).line(), delimiter);
      if (inHeader == 0 || delimiter == format.delimiter()) {
        continue;
      }
      long same = rows.stream().filter(row -> count(row.line(), delimiter) == inHeader).count();
      if (10 * same >= 8L * rows.size()) {
        signs.add(
            new DialectSign(
                "delimiter: \"%s\"".formatted(delimiter == '\t' ? "\\t" : delimiter),
                null,
                "its header is one cell that holds '%s' (%s)"
                    .formatted(
                        delimiter == '\t' ? "a tab" : delimiter, shown(rows.get(0).line()))));
        return true;
      }
    }
    return false;
  }

  private static long count(String line, char sought) {
    return line.chars().filter(c -> c == sought).count();
  }

  /** The number of cells that most rows have. */
  static int usualCells(List<SignRow> rows) {
    Map<Integer, Integer> counts = new LinkedHashMap<>();
    rows.forEach(row -> counts.merge(row.cells().size(), 1, Integer::sum));
    return counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  /** Where the header seems to be; -1 when nobody can tell. */
  private int lookAtPreamble(List<SignRow> rows, int usual) {
    int header = 0;
    boolean comments = format.comment() == null;
    while (header < rows.size() && rows.get(header).cells().size() != usual) {
      comments &= rows.get(header).line().startsWith("#");
      header++;
    }
    long same = rows.stream().skip(header).filter(r -> r.cells().size() == usual).count();
    if (header == rows.size() || 10 * same < 8L * (rows.size() - header)) {
      return -1;
    }
    SignRow first = rows.get(0);
    if (format.header().inFile()
        && guess.isFirst(first.cells(), rows.subList(header, rows.size()))) {
      return -1;
    }
    if (comments) {
      signs.add(
          new DialectSign(
              "comment: \"#\"",
              null,
              "its first lines begin with '#' (%s)".formatted(shown(first.line()))));
      return header;
    }
    long lines = rows.get(header).number() - 1;
    boolean fewer = first.cells().size() < usual;
    if (fewer && lines <= MOST_SKIPPED && format.header().inFile()) {
      signs.add(
          new DialectSign(
              "skip-rows: " + lines,
              null,
              "its first line has %s and most others %s (%s)"
                  .formatted(Count.of(first.cells().size(), "cell"), usual, shown(first.line()))));
      return header;
    }
    return -1;
  }

  static String shown(String line) {
    return Printable.line(line, SHOWN);
  }
}
