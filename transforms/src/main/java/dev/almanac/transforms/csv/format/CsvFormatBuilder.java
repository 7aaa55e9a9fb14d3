package dev.almanac.transforms.csv.format;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonPOJOBuilder;
import dev.almanac.transforms.schema.text.NumberForm;
import java.util.List;
import java.util.Map;

/**
 * Changes a {@link CsvFormat}, or makes one of JSON, which says everything but what may be null;
 * {@link #build} checks the result.
 */
@JsonPOJOBuilder(withPrefix = "")
public final class CsvFormatBuilder {
  private Character delimiter;
  private Character quote;
  private Character escape;
  private Character comment;
  private HeaderRow header;
  private Integer skipRows;
  private Boolean unitsRow;
  private Character decimal;
  private Character thousands;
  private Boolean trim;
  private String charset;
  private List<String> nulls;
  private Map<String, List<String>> nullValues;
  private Integer maxRowBytes;

  /** Of which nothing is said. */
  @JsonCreator
  CsvFormatBuilder() {}

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
    return decimal(point).thousands(between);
  }

  @JsonProperty
  CsvFormatBuilder decimal(char point) {
    decimal = point;
    return this;
  }

  @JsonProperty
  CsvFormatBuilder thousands(Character between) {
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
    CsvMarks marks = new CsvMarks(said("delimiter", delimiter), quote, escape, comment);
    FileHead head =
        new FileHead(
            said("header", header), said("skip-rows", skipRows), said("units-row", unitsRow));
    MissingTexts missing = new MissingTexts(said("nulls", nulls), said("null-values", nullValues));
    int longest = said("max-row-bytes", maxRowBytes);
    List<String> ofNumbers = NumberForm.problems(said("decimal", decimal), thousands);
    CsvFormat.check(CsvFormat.problems(marks, ofNumbers, head, charset, missing, longest));
    return new CsvFormat(
        marks,
        head,
        new NumberForm(decimal, thousands),
        said("trim", trim),
        charset,
        missing,
        longest);
  }

  private static <T> T said(String key, T value) {
    if (value == null) {
      throw new IllegalArgumentException("Cannot use CSV format: %s is missing".formatted(key));
    }
    return value;
  }
}
