package dev.almanac.transforms.csv.format;

import dev.almanac.transforms.csv.stream.Compression;
import dev.almanac.transforms.csv.stream.MarkedText;
import dev.almanac.transforms.schema.text.NumberForm;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * How CSV files are written and what their cells mean: all settings of reading except the columns'
 * types. Columns are found by name. Can be written to JSON and read back.
 *
 * @param delimiter between cells: an ASCII character
 * @param quote around cells, doubled inside them: an ASCII character; null when quotes are text
 * @param escape before a quote, or itself, that is text: in quoted cells, and in any cell where
 *     quotes are text, there before delimiters and line breaks too; null when nothing escapes
 * @param comment a line that begins with it is passed over; null when none is
 * @param header where the columns' names are
 * @param skipRows lines before the header, or before the first row, that are passed over
 * @param unitsRow whether the row behind the header is passed over
 * @param decimal the point of numbers
 * @param thousands between groups of three digits; null when there is nothing
 * @param trim whether text is read without the blanks around it, and quotes may have blanks around
 *     them; numbers and dates always are
 * @param charset name of the encoding of files that do not begin with a byte order mark
 * @param nulls texts that mean a missing cell, once the blanks around a cell are cut off; one that
 *     is a number means every cell of that value in columns of numbers
 * @param nullValues further such texts by column
 * @param maxRowBytes a longer row is rejected; bounds the memory of a reader
 */
public record CsvFormat(
    char delimiter,
    Character quote,
    Character escape,
    Character comment,
    HeaderRow header,
    int skipRows,
    boolean unitsRow,
    char decimal,
    Character thousands,
    boolean trim,
    String charset,
    List<String> nulls,
    Map<String, List<String>> nullValues,
    int maxRowBytes)
    implements Serializable {
  /** Enough for a million short columns. */
  public static final int DEFAULT_MAX_ROW_BYTES = 16 << 20;

  /** Bytes of a file that say how it is packed and encoded. */
  public static final int HEAD_BYTES = Compression.LONGEST;

  private static final int LARGEST_MAX_ROW_BYTES = 1 << 30;

  public CsvFormat {
    Objects.requireNonNull(header, "header");
    nulls = List.copyOf(nulls);
    Map<String, List<String>> copied = new TreeMap<>();
    nullValues.forEach((column, texts) -> copied.put(column, List.copyOf(texts)));
    nullValues = Collections.unmodifiableMap(copied);
    if (Objects.equals(escape, quote)) {
      escape = null; // Doubling, which is always read.
    }
    List<String> problems = new ArrayList<>();
    addMarkProblems(delimiter, quote, escape, comment, problems);
    problems.addAll(NumberForm.problems(decimal, thousands));
    addHeaderProblems(header, skipRows, unitsRow, problems);
    if (!isCharset(charset)) {
      problems.add("the charset is one that Java knows ('%s')".formatted(charset));
    }
    addNullProblems(nulls, "", problems);
    nullValues.forEach(
        (column, texts) -> addNullProblems(texts, " of column '%s'".formatted(column), problems));
    if (maxRowBytes < 1 || maxRowBytes > LARGEST_MAX_ROW_BYTES) {
      problems.add(
          "a row has 1 to %s bytes at most (%s)".formatted(LARGEST_MAX_ROW_BYTES, maxRowBytes));
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot use CSV format: %s".formatted(String.join("; ", problems)));
    }
  }

  private static void addMarkProblems(
      char delimiter, Character quote, Character escape, Character comment, List<String> problems) {
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
  }

  private static void addHeaderProblems(
      HeaderRow header, int skipRows, boolean unitsRow, List<String> problems) {
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
  }

  private static void addNullProblems(List<String> texts, String of, List<String> problems) {
    for (String text : texts) {
      if (!text.equals(text.strip())) {
        problems.add("a null text%s has no blanks around it ('%s')".formatted(of, text));
      }
    }
  }

  /** Comma, double quote, a header, UTF-8; nothing and {@code NA} are missing. */
  public static CsvFormat standard() {
    return new CsvFormat(
        ',',
        '"',
        null,
        null,
        HeaderRow.FIRST_ROW,
        0,
        false,
        '.',
        null,
        false,
        "UTF-8",
        List.of("", "NA"),
        Map.of(),
        DEFAULT_MAX_ROW_BYTES);
  }

  public CsvFormat withDelimiter(char changed) {
    return with().delimiter(changed).build();
  }

  /**
   * @param changed null for none
   */
  public CsvFormat withQuote(Character changed) {
    return with().quote(changed).build();
  }

  public CsvFormat withEscape(Character changed) {
    return with().escape(changed).build();
  }

  public CsvFormat withComment(Character changed) {
    return with().comment(changed).build();
  }

  public CsvFormat withHeader(HeaderRow changed) {
    return with().header(changed).build();
  }

  public CsvFormat withSkipRows(int changed) {
    return with().skipRows(changed).build();
  }

  public CsvFormat withUnitsRow(boolean changed) {
    return with().unitsRow(changed).build();
  }

  /**
   * @param thousands null for none
   */
  public CsvFormat withNumbers(char decimal, Character thousands) {
    return with().numbers(decimal, thousands).build();
  }

  public CsvFormat withTrim(boolean changed) {
    return with().trim(changed).build();
  }

  public CsvFormat withCharset(String changed) {
    return with().charset(changed).build();
  }

  public CsvFormat withNulls(List<String> changed) {
    return with().nulls(changed).build();
  }

  public CsvFormat withNullValues(Map<String, List<String>> changed) {
    return with().nullValues(changed).build();
  }

  public CsvFormat withMaxRowBytes(int changed) {
    return with().maxRowBytes(changed).build();
  }

  /** A format to change in several ways at once, so that all problems come out together. */
  public CsvFormatBuilder with() {
    return new CsvFormatBuilder(this);
  }

  /** How numbers are written. */
  public NumberForm numbers() {
    return new NumberForm(decimal, thousands);
  }

  /** All texts that mean missing in a column. */
  public List<String> nulls(String column) {
    List<String> own = nullValues.get(column);
    if (own == null) {
      return nulls;
    }
    List<String> all = new ArrayList<>(nulls);
    all.addAll(own);
    return all;
  }

  /**
   * Whether a line break is the same bytes wherever in a file it is looked for: in one that is not
   * packed, and in UTF-8.
   *
   * @param head the first bytes of the file, {@value #HEAD_BYTES} where it has as many
   */
  public boolean isSplittable(byte[] head) {
    return Compression.of(head) == Compression.NONE
        && MarkedText.isUtf8(head, Charset.forName(charset));
  }

  public boolean isUtf8() {
    return Charset.forName(charset).equals(StandardCharsets.UTF_8);
  }

  private static boolean isMark(char c) {
    return c > 0 && c < 0x80 && c != '\n' && c != '\r';
  }

  private static boolean isCharset(String name) {
    try {
      return Charset.isSupported(name);
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
