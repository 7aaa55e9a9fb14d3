package dev.almanac.transforms.csv.scan;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnAppender;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.DoubleAppender;
import dev.almanac.transforms.column.LongAppender;
import dev.almanac.transforms.column.StringAppender;
import dev.almanac.transforms.problem.RefusedException;
import dev.almanac.transforms.reject.RejectReason;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.text.NumberForm;
import dev.almanac.transforms.schema.text.NumberText;

/** Turns the cells of one wanted column into a {@link Column}. Not thread-safe. */
public abstract sealed class CellReader permits LongCells, DoubleCells, DateCells, TextCells {
  public static final int SHORT = 2 * Long.BYTES;

  public final SourceColumn column;

  /** Position in the file; -1 when the file lacks the column. */
  public final int position;

  private final NullTexts nulls;
  private final ColumnAppender appender;

  // The last cell, when it is short: the same text again, as that of a place or a dry day, is the
  // same value.
  private int lastLength = -1;
  private long lastLow;
  private long lastHigh;
  private boolean lastNull;

  CellReader(SourceColumn column, int position, NullTexts nulls, ColumnAppender appender) {
    this.column = column;
    this.position = position;
    this.nulls = nulls;
    this.appender = appender;
  }

  public static CellReader of(
      SourceColumn column, int position, NullTexts nulls, NumberForm numbers, boolean trim) {
    boolean plain = numbers.isStandard() && !nulls.holdNumbers();
    return switch (column.type()) {
      case LONG ->
          plain
              ? new LongCells(column, position, nulls, new LongAppender())
              : new OddLongCells(column, position, nulls, numbers, new LongAppender());
      case DOUBLE ->
          plain
              ? new DoubleCells(column, position, nulls, new DoubleAppender())
              : new OddDoubleCells(column, position, nulls, numbers, new DoubleAppender());
      case DATE -> new DateCells(column, position, nulls, new LongAppender(ColumnType.DATE));
      case STRING -> new TextCells(column, position, nulls, trim, new StringAppender());
      case FLOAT32, INT32 ->
          throw new RefusedException(
              "Cannot read column '%s' from CSV as %s: known types are long, double, date, string"
                  .formatted(column.name(), column.type()));
    };
  }

  /**
   * Appends the cell, or says why it cannot be and appends nothing.
   *
   * @param bytes with {@value #SHORT} behind {@code from}, of whatever
   */
  public final RejectReason read(byte[] bytes, int from, int to) {
    int length = to - from;
    if (!repeats()) {
      return parse(bytes, from, to);
    }
    if (length > SHORT) {
      lastLength = -1;
      return parse(bytes, from, to);
    }
    long low = Bits.first(Bits.word(bytes, from), length);
    long high = Bits.first(Bits.word(bytes, from + Long.BYTES), length - Long.BYTES);
    if (length == lastLength && low == lastLow && high == lastHigh) {
      if (lastNull) {
        appender.appendNull();
      } else {
        appendLast();
      }
      return null;
    }
    int nullsBefore = appender.nulls();
    RejectReason reason = parse(bytes, from, to);
    lastLength = reason == null ? length : -1;
    lastLow = low;
    lastHigh = high;
    lastNull = appender.nulls() > nullsBefore;
    return reason;
  }

  private RejectReason parse(byte[] bytes, int from, int to) {
    int first = from;
    int end = to;
    while (first < end && CellText.isBlank(bytes[first])) {
      first++;
    }
    while (first < end && CellText.isBlank(bytes[end - 1])) {
      end--;
    }
    if (nulls.contains(bytes, first, end)) {
      return readNull();
    }
    return blanksCount() ? append(bytes, from, to) : append(bytes, first, end);
  }

  /** Appends a null, or says why it cannot be. */
  public final RejectReason readNull() {
    if (!column.nullable()) {
      return RejectReason.MISSING;
    }
    appender.appendNull();
    return null;
  }

  /** Appends so many nulls of a column that the file lacks. */
  public final void readNulls(int rows) {
    appender.appendNulls(rows);
  }

  /** Takes back the cells from this row on. */
  public final void rewind(int rows) {
    appender.rewind(rows);
  }

  public final Column build() {
    return appender.build();
  }

  /**
   * Appends a value that is no text, or says why it cannot be and appends nothing.
   *
   * @throws IllegalArgumentException when the column takes no values of this type
   */
  public abstract RejectReason readValue(Object value);

  final IllegalArgumentException wrongType(Object value) {
    return new RefusedException(
        "Cannot read column '%s': it must be %s or text (%s %s)"
            .formatted(column.name(), column.type(), value.getClass().getSimpleName(), value));
  }

  /** Appends a value: trimmed, unless {@link #blanksCount}. */
  abstract RejectReason append(byte[] bytes, int from, int to);

  /** Whether the blanks around a cell belong to it. */
  boolean blanksCount() {
    return false;
  }

  /** Whether looking for the last cell's text is less than reading it. */
  boolean repeats() {
    return true;
  }

  /** Appends the last value once more. */
  abstract void appendLast();

  static RejectReason noNumber(
      byte[] bytes, int from, int to, RejectReason decimal, RejectReason large) {
    return switch (NumberText.kind(bytes, from, to)) {
      case INTEGER -> null;
      case DECIMAL -> decimal;
      case LARGE_INTEGER -> large;
      case OVERFLOW -> RejectReason.OUT_OF_RANGE;
      case NOT_FINITE -> RejectReason.NOT_FINITE;
      case NONE -> noText(bytes, from, to, RejectReason.NOT_A_NUMBER);
    };
  }

  static RejectReason noText(byte[] bytes, int from, int to, RejectReason otherwise) {
    return CellText.isUtf8(bytes, from, to) ? otherwise : RejectReason.INVALID_UTF8;
  }
}
