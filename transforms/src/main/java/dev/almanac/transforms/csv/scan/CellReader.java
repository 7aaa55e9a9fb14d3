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
import dev.almanac.transforms.schema.text.DateForm;
import dev.almanac.transforms.schema.text.NumberForm;
import dev.almanac.transforms.schema.text.NumberText;
import java.nio.charset.CharacterCodingException;
import java.time.LocalDate;

/** Turns the cells of one wanted column into a {@link Column}. Not thread-safe. */
public abstract sealed class CellReader {
  public static final int SHORT = 2 * Long.BYTES;

  /** Integers up to here are exact in binary64. */
  private static final double LARGEST_EXACT = 0x1p53;

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

  private CellReader(SourceColumn column, int position, NullTexts nulls, ColumnAppender appender) {
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
              ? new Longs(column, position, nulls, new LongAppender())
              : new OddLongs(column, position, nulls, numbers, new LongAppender());
      case DOUBLE ->
          plain
              ? new Doubles(column, position, nulls, new DoubleAppender())
              : new OddDoubles(column, position, nulls, numbers, new DoubleAppender());
      case DATE -> new Dates(column, position, nulls, new LongAppender(ColumnType.DATE));
      case STRING -> new Strings(column, position, nulls, trim, new StringAppender());
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
    return this instanceof Strings strings && !strings.trim
        ? strings.append(bytes, from, to)
        : append(bytes, first, end);
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

  /** Appends a value: trimmed, unless this is a column of strings that are not. */
  abstract RejectReason append(byte[] bytes, int from, int to);

  /** Whether looking for the last cell's text is less than reading it. */
  boolean repeats() {
    return true;
  }

  /** Appends the last value once more. */
  abstract void appendLast();

  private static RejectReason noNumber(
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

  private static RejectReason noText(byte[] bytes, int from, int to, RejectReason otherwise) {
    return CellText.isUtf8(bytes, from, to) ? otherwise : RejectReason.INVALID_UTF8;
  }

  private static sealed class Longs extends CellReader {
    private final LongAppender values;
    private long last;

    private Longs(SourceColumn column, int position, NullTexts nulls, LongAppender values) {
      super(column, position, nulls, values);
      this.values = values;
    }

    @Override
    RejectReason append(byte[] bytes, int from, int to) {
      long value = NumberText.parseLong(bytes, from, to);
      if (value == NumberText.NO_LONG) {
        RejectReason reason =
            noNumber(bytes, from, to, RejectReason.NOT_AN_INTEGER, RejectReason.OUT_OF_RANGE);
        if (reason == RejectReason.NOT_AN_INTEGER
            && isWhole(NumberText.parseDouble(bytes, from, to))) {
          value = (long) NumberText.parseDouble(bytes, from, to);
          reason = null;
        }
        if (reason != null) {
          return reason;
        }
      }
      last = value;
      values.append(value);
      return null;
    }

    @Override
    public RejectReason readValue(Object value) {
      if (value instanceof Long
          || value instanceof Integer
          || value instanceof Short
          || value instanceof Byte) {
        values.append(((Number) value).longValue());
        return null;
      }
      if (value instanceof Number number && column.trained() != null) {
        if (!isWhole(number.doubleValue())) {
          return RejectReason.NOT_AN_INTEGER;
        }
        values.append(number.longValue());
        return null;
      }
      throw wrongType(value);
    }

    /** Whether {@code 7.0} is to be read as 7, and a number is such a one. */
    private boolean isWhole(double number) {
      return column.trained() != null
          && number == Math.rint(number)
          && Math.abs(number) <= LARGEST_EXACT;
    }

    @Override
    void appendLast() {
      values.append(last);
    }
  }

  private static sealed class Doubles extends CellReader {
    private final DoubleAppender values;
    private double last;

    private Doubles(SourceColumn column, int position, NullTexts nulls, DoubleAppender values) {
      super(column, position, nulls, values);
      this.values = values;
    }

    @Override
    RejectReason append(byte[] bytes, int from, int to) {
      double value = NumberText.parseDouble(bytes, from, to);
      if (!(Math.abs(value) <= Double.MAX_VALUE)) {
        return noNumber(bytes, from, to, null, null);
      }
      last = value;
      values.append(value);
      return null;
    }

    @Override
    public RejectReason readValue(Object value) {
      if (!(value instanceof Number number)) {
        throw wrongType(value);
      }
      if (!Double.isFinite(number.doubleValue())) {
        return RejectReason.NOT_FINITE;
      }
      values.append(number.doubleValue());
      return null;
    }

    @Override
    void appendLast() {
      values.append(last);
    }
  }

  /** Integers in another form, or some of which mean missing. */
  private static final class OddLongs extends Longs {
    private final NullTexts nulls;
    private final NumberForm numbers;

    private OddLongs(
        SourceColumn column,
        int position,
        NullTexts nulls,
        NumberForm numbers,
        LongAppender values) {
      super(column, position, nulls, values);
      this.nulls = nulls;
      this.numbers = numbers;
    }

    @Override
    RejectReason append(byte[] bytes, int from, int to) {
      if (nulls.containsNumber(bytes, from, to)) {
        return readNull();
      }
      byte[] standard = numbers.standard(bytes, from, to);
      return standard == null
          ? noText(bytes, from, to, RejectReason.NOT_A_NUMBER)
          : super.append(standard, 0, standard.length);
    }
  }

  /** Numbers in another form, or some of which mean missing. */
  private static final class OddDoubles extends Doubles {
    private final NullTexts nulls;
    private final NumberForm numbers;

    private OddDoubles(
        SourceColumn column,
        int position,
        NullTexts nulls,
        NumberForm numbers,
        DoubleAppender values) {
      super(column, position, nulls, values);
      this.nulls = nulls;
      this.numbers = numbers;
    }

    @Override
    RejectReason append(byte[] bytes, int from, int to) {
      if (nulls.containsNumber(bytes, from, to)) {
        return readNull();
      }
      byte[] standard = numbers.standard(bytes, from, to);
      return standard == null
          ? noText(bytes, from, to, RejectReason.NOT_A_NUMBER)
          : super.append(standard, 0, standard.length);
    }
  }

  private static final class Dates extends CellReader {
    private final LongAppender values;
    private final DateForm form;
    private long last;

    private Dates(SourceColumn column, int position, NullTexts nulls, LongAppender values) {
      super(column, position, nulls, values);
      this.values = values;
      this.form = column.dateForm();
    }

    @Override
    RejectReason append(byte[] bytes, int from, int to) {
      long day = form.parse(bytes, from, to);
      if (day == DateForm.NO_DATE) {
        return noText(bytes, from, to, RejectReason.NOT_A_DATE);
      }
      last = day;
      values.append(day);
      return null;
    }

    @Override
    public RejectReason readValue(Object value) {
      if (!(value instanceof LocalDate date)) {
        throw wrongType(value);
      }
      values.append(date.toEpochDay());
      return null;
    }

    @Override
    void appendLast() {
      values.append(last);
    }
  }

  private static final class Strings extends CellReader {
    private final StringAppender values;
    private final boolean trim;

    private Strings(
        SourceColumn column, int position, NullTexts nulls, boolean trim, StringAppender values) {
      super(column, position, nulls, values);
      this.values = values;
      this.trim = trim;
    }

    @Override
    RejectReason append(byte[] bytes, int from, int to) {
      try {
        values.append(bytes, from, to - from);
        return null;
      } catch (CharacterCodingException e) {
        return RejectReason.INVALID_UTF8;
      }
    }

    @Override
    public RejectReason readValue(Object value) {
      throw wrongType(value);
    }

    /** The appender remembers by itself. */
    @Override
    boolean repeats() {
      return false;
    }

    @Override
    void appendLast() {
      throw new IllegalStateException(
          "Cannot append a text again: texts are found by the appender");
    }
  }
}
