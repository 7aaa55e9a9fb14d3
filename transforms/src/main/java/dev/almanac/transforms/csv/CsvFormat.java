package dev.almanac.transforms.csv;

import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How CSV files are written. They always have a header, and columns are found by name.
 *
 * @param delimiter between cells: an ASCII character
 * @param quote around cells, doubled inside them: an ASCII character
 * @param charset name of the encoding; all but UTF-8 are decoded on the way in
 * @param nulls texts that mean a missing cell, once the blanks around a cell are cut off
 * @param maxRowBytes a longer row is rejected; bounds the memory of a reader
 */
public record CsvFormat(
    char delimiter, char quote, String charset, List<String> nulls, int maxRowBytes)
    implements Serializable {
  /** Enough for a million short columns. */
  public static final int DEFAULT_MAX_ROW_BYTES = 16 << 20;

  private static final int LARGEST_MAX_ROW_BYTES = 1 << 30;

  public CsvFormat {
    nulls = List.copyOf(nulls);
    List<String> problems = new ArrayList<>();
    if (!isMark(delimiter)) {
      problems.add("the delimiter is an ASCII character and no line break");
    }
    if (!isMark(quote) || quote == ' ') {
      problems.add("the quote is an ASCII character and no blank");
    }
    if (delimiter == quote) {
      problems.add("delimiter and quote differ");
    }
    if (!isCharset(charset)) {
      problems.add("the charset is one that Java knows ('%s')".formatted(charset));
    }
    for (String text : nulls) {
      if (!text.equals(text.strip())) {
        problems.add("a null text has no blanks around it ('%s')".formatted(text));
      }
    }
    if (maxRowBytes < 1 || maxRowBytes > LARGEST_MAX_ROW_BYTES) {
      problems.add(
          "a row has 1 to %d bytes at most (%d)".formatted(LARGEST_MAX_ROW_BYTES, maxRowBytes));
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot use CSV format: %s".formatted(String.join("; ", problems)));
    }
  }

  /** Comma, double quote, UTF-8; nothing and {@code NA} are missing. */
  public static CsvFormat standard() {
    return new CsvFormat(',', '"', "UTF-8", List.of("", "NA"), DEFAULT_MAX_ROW_BYTES);
  }

  public CsvFormat withDelimiter(char changed) {
    return new CsvFormat(changed, quote, charset, nulls, maxRowBytes);
  }

  public CsvFormat withQuote(char changed) {
    return new CsvFormat(delimiter, changed, charset, nulls, maxRowBytes);
  }

  public CsvFormat withCharset(String changed) {
    return new CsvFormat(delimiter, quote, changed, nulls, maxRowBytes);
  }

  public CsvFormat withNulls(List<String> changed) {
    return new CsvFormat(delimiter, quote, charset, changed, maxRowBytes);
  }

  public CsvFormat withMaxRowBytes(int changed) {
    return new CsvFormat(delimiter, quote, charset, nulls, changed);
  }

  /** Whether a line break is the same bytes wherever in a file it is looked for. */
  public boolean isSplittable() {
    return isUtf8();
  }

  boolean isUtf8() {
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
