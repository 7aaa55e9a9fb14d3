package dev.almanac.transforms.reject;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.almanac.transforms.csv.format.CsvFormat;
import java.util.Arrays;

/** Why a row was not taken. The first five concern the row, the others one cell. */
public enum RejectReason {
  /** More cells or fewer than the header has. */
  RAGGED_ROW("ragged-row"),
  /** A quoted cell that the end of the file closes. */
  UNCLOSED_QUOTE("unclosed-quote"),
  /** Text between a closing quote and the next delimiter. */
  MALFORMED_QUOTE("malformed-quote"),
  /** More bytes than {@link CsvFormat#maxRowBytes}. */
  ROW_TOO_LONG("row-too-long"),
  /** The file's header once more, to the byte: files were put together as they stood. */
  REPEATED_HEADER("repeated-header"),
  /** Bytes that are no text in the encoding of the file. */
  INVALID_UTF8("invalid-utf8"),
  /** A missing cell where the schema allows none. */
  MISSING("missing"),
  /** A column that the steps compute has no value, and no impute step fills it. */
  NOTHING_FILLS("computed-as-missing"),
  /** Text in a column of numbers. */
  NOT_A_NUMBER("not-a-number"),
  /** A number with a point or an exponent in a column of integers. */
  NOT_AN_INTEGER("not-an-integer"),
  /** An integer beyond 64 bits in a column of integers, or a number beyond binary64. */
  OUT_OF_RANGE("out-of-range"),
  /** NaN or an infinity, spelled out. */
  NOT_FINITE("not-finite"),
  /** Text that is no date in the column's form, or no day of the calendar. */
  NOT_A_DATE("not-a-date");

  private final String text;

  RejectReason(String text) {
    this.text = text;
  }

  /** The reason's code in files, such as {@code ragged-row}. */
  @JsonValue
  public String text() {
    return text;
  }

  /**
   * The reason with this code.
   *
   * @throws IllegalArgumentException naming the known codes
   */
  @JsonCreator
  public static RejectReason of(String text) {
    for (RejectReason reason : values()) {
      if (reason.text.equals(text)) {
        return reason;
      }
    }
    throw new IllegalArgumentException(
        "Cannot read reject reason '%s': known reasons are %s"
            .formatted(text, Arrays.stream(values()).map(RejectReason::text).toList()));
  }

  @Override
  public String toString() {
    return text;
  }
}
