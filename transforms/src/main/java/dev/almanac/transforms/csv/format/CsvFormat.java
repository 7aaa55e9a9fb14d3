package dev.almanac.transforms.csv.format;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.almanac.transforms.csv.stream.Compression;
import dev.almanac.transforms.csv.stream.MarkedText;
import dev.almanac.transforms.schema.text.NumberForm;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How CSV files are written and what their cells mean: all settings of reading except the columns'
 * types. Columns are found by name. Can be written to JSON and read back.
 *
 * @param marks the characters between and around cells
 * @param head what stands before the rows
 * @param numbers how numbers are written
 * @param trim whether text is read without the blanks around it, and quotes may have blanks around
 *     them; numbers and dates always are
 * @param charset name of the encoding of files that do not begin with a byte order mark
 * @param missing the texts that mean a missing cell
 * @param maxRowBytes a longer row is rejected; bounds the memory of a reader
 */
@JsonDeserialize(builder = CsvFormatBuilder.class)
public record CsvFormat(
    @JsonUnwrapped CsvMarks marks,
    @JsonUnwrapped FileHead head,
    @JsonUnwrapped NumberForm numbers,
    boolean trim,
    String charset,
    @JsonUnwrapped MissingTexts missing,
    int maxRowBytes)
    implements Serializable {
  /** Enough for a million short columns. */
  public static final int DEFAULT_MAX_ROW_BYTES = 16 << 20;

  /** Bytes of a file that say how it is packed and encoded. */
  public static final int HEAD_BYTES = Compression.LONGEST;

  private static final int LARGEST_MAX_ROW_BYTES = 1 << 30;

  public CsvFormat {
    check(problems(marks, List.of(), head, charset, missing, maxRowBytes));
  }

  static void check(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot use CSV format: %s".formatted(String.join("; ", problems)));
    }
  }

  /**
   * All that is wrong with a format of these.
   *
   * @param ofNumbers what is wrong with the form of its numbers
   */
  static List<String> problems(
      CsvMarks marks,
      List<String> ofNumbers,
      FileHead head,
      String charset,
      MissingTexts missing,
      int maxRowBytes) {
    List<String> problems = new ArrayList<>(marks.problems());
    problems.addAll(ofNumbers);
    problems.addAll(head.problems());
    if (!isCharset(charset)) {
      problems.add("the charset is one that Java knows ('%s')".formatted(charset));
    }
    problems.addAll(missing.problems());
    if (maxRowBytes < 1 || maxRowBytes > LARGEST_MAX_ROW_BYTES) {
      problems.add(
          "a row has 1 to %s bytes at most (%s)".formatted(LARGEST_MAX_ROW_BYTES, maxRowBytes));
    }
    return problems;
  }

  /** Comma, double quote, a header, UTF-8; nothing and {@code NA} are missing. */
  public static CsvFormat standard() {
    return new CsvFormat(
        new CsvMarks(',', '"', null, null),
        new FileHead(HeaderRow.FIRST_ROW, 0, false),
        NumberForm.STANDARD,
        false,
        "UTF-8",
        new MissingTexts(List.of("", "NA"), Map.of()),
        DEFAULT_MAX_ROW_BYTES);
  }

  public char delimiter() {
    return marks.delimiter();
  }

  /** Null when quotes are text. */
  public Character quote() {
    return marks.quote();
  }

  /** Null when nothing escapes. */
  public Character escape() {
    return marks.escape();
  }

  /** Null when no line is a comment. */
  public Character comment() {
    return marks.comment();
  }

  public HeaderRow header() {
    return head.header();
  }

  public int skipRows() {
    return head.skipRows();
  }

  public boolean unitsRow() {
    return head.unitsRow();
  }

  /** The point of numbers. */
  public char decimal() {
    return numbers.decimal();
  }

  /** Null when nothing stands between groups of three digits. */
  public Character thousands() {
    return numbers.thousands();
  }

  /** The texts that mean missing in every column. */
  public List<String> nulls() {
    return missing.anywhere();
  }

  /** Further such texts by column. */
  public Map<String, List<String>> nullValues() {
    return missing.byColumn();
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

  /** All texts that mean missing in a column. */
  public List<String> nulls(String column) {
    return missing.in(column);
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

  private static boolean isCharset(String name) {
    try {
      return Charset.isSupported(name);
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
