package dev.almanac.transforms.csv.format;

import java.util.List;
import java.util.Map;

/** Changes a {@link CsvFormat}; {@link #build} checks the result. */
public final class CsvFormatBuilder {
  private char delimiter;
  private Character quote;
  private Character escape;
  private Character comment;
  private HeaderRow header;
  private int skipRows;
  private boolean unitsRow;
  private char decimal;
  private Character thousands;
  private boolean trim;
  private String charset;
  private List<String> nulls;
  private Map<String, List<String>> nullValues;
  private int maxRowBytes;

  CsvFormatBuilder(CsvFormat from) {
    delimiter = from.delimiter();
    quote = from.quote();
    escape = from.escape();
    comment = from.comment();
    header = from.header();
    skipRows = from.skipRows();
    unitsRow = from.unitsRow();
    decimal = from.decimal();
    thousands = from.thousands();
    trim = from.trim();
    charset = from.charset();
    nulls = from.nulls();
    nullValues = from.nullValues();
    maxRowBytes = from.maxRowBytes();
  }

  public CsvFormatBuilder delimiter(char changed) {
    delimiter = changed;
    return this;
  }

  public CsvFormatBuilder quote(Character changed) {
    quote = changed;
    return this;
  }

  public CsvFormatBuilder escape(Character changed) {
    escape = changed;
    return this;
  }

  public CsvFormatBuilder comment(Character changed) {
    comment = changed;
    return this;
  }

  public CsvFormatBuilder header(HeaderRow changed) {
    header = changed;
    return this;
  }

  public CsvFormatBuilder skipRows(int changed) {
    skipRows = changed;
    return this;
  }

  public CsvFormatBuilder unitsRow(boolean changed) {
    unitsRow = changed;
    return this;
  }

  public CsvFormatBuilder numbers(char point, Character between) {
    decimal = point;
    thousands = between;
    return this;
  }

  public CsvFormatBuilder trim(boolean changed) {
    trim = changed;
    return this;
  }

  public CsvFormatBuilder charset(String changed) {
    charset = changed;
    return this;
  }

  public CsvFormatBuilder nulls(List<String> changed) {
    nulls = changed;
    return this;
  }

  public CsvFormatBuilder nullValues(Map<String, List<String>> changed) {
    nullValues = changed;
    return this;
  }

  public CsvFormatBuilder maxRowBytes(int changed) {
    maxRowBytes = changed;
    return this;
  }

  /**
   * The format.
   *
   * @throws IllegalArgumentException with all that is wrong with it
   */
  public CsvFormat build() {
    return new CsvFormat(
        delimiter,
        quote,
        escape,
        comment,
        header,
        skipRows,
        unitsRow,
        decimal,
        thousands,
        trim,
        charset,
        nulls,
        nullValues,
        maxRowBytes);
  }
}
