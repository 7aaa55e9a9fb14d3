package dev.almanac.transforms.parquet;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.reject.RejectReason;
import dev.almanac.transforms.schema.text.DateForm;
import dev.almanac.transforms.schema.text.NumberKind;
import dev.almanac.transforms.schema.text.NumberText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/**
 * The current cell of a column reader, which is no null, as a value of ours: by value, whatever it
 * is stored as. Not thread-safe.
 */
final class CellValues {
  /** 2^63: the least double that is beyond every long. */
  private static final double BEYOND_LONG = 0x1p63;

  private final ColumnReader reader;
  private final PrimitiveType type;
  private final ParquetKind kind;
  private final boolean unsigned;
  private final int scale;
  private final TimestampCells timestamps;
  private final boolean dates;
  private final DateForm form;
  private final TextRule rule;
  private RejectReason reason;
  private String unfitText;

  CellValues(ReadColumn column, ColumnReader reader) {
    this.reader = reader;
    this.type = reader.getDescriptor().getPrimitiveType();
    this.kind = ParquetKind.of(type);
    this.unsigned =
        type.getLogicalTypeAnnotation() instanceof IntLogicalTypeAnnotation integer
            && !integer.isSigned();
    this.scale =
        type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal
            ? decimal.getScale()
            : 0;
    this.timestamps = kind == ParquetKind.TIMESTAMP ? new TimestampCells(type) : null;
    this.dates = column.field().type() == ColumnType.DATE;
    this.rule = column.text();
    this.form = column.form() == null ? DateForm.ISO : column.form();
  }

  /** Whether the last cell asked for is a value of the type it was asked as. */
  boolean fits() {
    return reason == null;
  }

  RejectReason reason() {
    return reason;
  }

  String unfitText() {
    return unfitText;
  }

  private void unfit(RejectReason why, Object text) {
    reason = why;
    unfitText = text.toString();
  }

  /** As an integer, or as a day where the column is one of dates. */
  long asLong() {
    reason = null;
    return switch (kind) {
      case INTEGER, UNSIGNED_LONG -> {
        long value = integer();
        if (dates) {
          yield day(Long.toString(value).getBytes(StandardCharsets.UTF_8));
        }
        if (kind == ParquetKind.UNSIGNED_LONG && value < 0) {
          unfit(RejectReason.OUT_OF_RANGE, Long.toUnsignedString(value));
        }
        yield value;
      }
      case DATE -> reader.getInteger();
      case BOOLEAN -> reader.getBoolean() ? 1 : 0;
      case REAL -> whole(real());
      case DECIMAL -> whole(decimal());
      case TIMESTAMP -> {
        Long day = timestamps.day(reader);
        if (day == null) {
          unfit(RejectReason.NOT_A_DATE, timestamps.stored(reader));
        }
        yield day == null ? 0 : day;
      }
      default -> dates ? day(text()) : wholeText();
    };
  }

  double asDouble() {
    reason = null;
    return switch (kind) {
      case INTEGER -> integer();
      case UNSIGNED_LONG -> {
        long value = integer();
        yield value >= 0 ? value : new BigInteger(Long.toUnsignedString(value)).doubleValue();
      }
      case BOOLEAN -> reader.getBoolean() ? 1 : 0;
      case REAL -> real();
      case DECIMAL -> decimal().doubleValue();
      default -> number();
    };
  }

  /**
   * As text, where the column holds none: what gives the very value back, as train's files write
   * it; null where it means a missing cell.
   */
  String asText() {
    reason = null;
    return switch (kind) {
      case INTEGER -> {
        long value = integer();
        yield rule != null && rule.missing().test(value) ? null : Long.toString(value);
      }
      case UNSIGNED_LONG -> Long.toUnsignedString(integer());
      case REAL -> {
        double value = real();
        if (rule.missing().test(value)) {
          yield null;
        }
        if (!Double.isFinite(value)) {
          unfit(RejectReason.NOT_FINITE, value);
        }
        yield rule.number(value);
      }
      case BOOLEAN -> rule.truth(reader.getBoolean());
      case DECIMAL -> {
        String plain = decimal().toPlainString();
        yield rule == null ? plain : rule.pointed(plain);
      }
      case DATE -> {
        int day = reader.getInteger();
        boolean dated = rule != null && rule.trained() == ColumnType.DATE;
        yield dated ? rule.day(day) : LocalDate.ofEpochDay(day).toString();
      }
      default -> {
        String text = timestamps.text(reader);
        if (text == null) {
          unfit(RejectReason.NOT_A_DATE, timestamps.stored(reader));
        }
        yield text == null || rule == null ? text : rule.time(text, timestamps.day(reader));
      }
    };
  }

  private long integer() {
    return switch (type.getPrimitiveTypeName()) {
      case INT64 -> reader.getLong();
      default -> unsigned ? Integer.toUnsignedLong(reader.getInteger()) : reader.getInteger();
    };
  }

  private double real() {
    return switch (type.getPrimitiveTypeName()) {
      case FLOAT -> reader.getFloat();
      default -> reader.getDouble();
    };
  }

  private BigDecimal decimal() {
    return switch (type.getPrimitiveTypeName()) {
      case INT32 -> BigDecimal.valueOf(reader.getInteger(), scale);
      case INT64 -> BigDecimal.valueOf(reader.getLong(), scale);
      default -> {
        byte[] bytes = reader.getBinary().getBytes();
        yield new BigDecimal(bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes), scale);
      }
    };
  }

  private long whole(double value) {
    if (!Double.isFinite(value)) {
      unfit(RejectReason.NOT_FINITE, value);
    } else if (value != Math.rint(value)) {
      unfit(RejectReason.NOT_AN_INTEGER, value);
    } else if (value < -BEYOND_LONG || value >= BEYOND_LONG) {
      unfit(RejectReason.OUT_OF_RANGE, value);
    }
    return (long) value;
  }

  private long whole(BigDecimal value) {
    try {
      return value.longValueExact();
    } catch (ArithmeticException e) {
      boolean fraction = value.stripTrailingZeros().scale() > 0;
      unfit(fraction ? RejectReason.NOT_AN_INTEGER : RejectReason.OUT_OF_RANGE, value);
      return 0;
    }
  }

  private byte[] text() {
    return reader.getBinary().getBytes();
  }

  private long wholeText() {
    byte[] text = text();
    int[] ends = trimmed(text);
    NumberKind found = NumberText.kind(text, ends[0], ends[1]);
    if (found == NumberKind.INTEGER) {
      return NumberText.parseLong(text, ends[0], ends[1]);
    }
    double value = number(text, ends, found);
    return fits() ? whole(value) : 0;
  }

  private double number() {
    byte[] text = text();
    int[] ends = trimmed(text);
    return number(text, ends, NumberText.kind(text, ends[0], ends[1]));
  }

  private double number(byte[] text, int[] ends, NumberKind found) {
    if (found.isFiniteDouble()) {
      return NumberText.parseDouble(text, ends[0], ends[1]);
    }
    String shown = new String(text, StandardCharsets.UTF_8);
    RejectReason why =
        switch (found) {
          case NOT_FINITE -> RejectReason.NOT_FINITE;
          case OVERFLOW -> RejectReason.OUT_OF_RANGE;
          default -> RejectReason.NOT_A_NUMBER;
        };
    unfit(why, shown);
    return 0;
  }

  private long day(byte[] text) {
    int[] ends = trimmed(text);
    long day = form.parse(text, ends[0], ends[1]);
    if (day == DateForm.NO_DATE) {
      unfit(RejectReason.NOT_A_DATE, new String(text, StandardCharsets.UTF_8));
    }
    return day;
  }

  private static int[] trimmed(byte[] text) {
    int from = 0;
    int to = text.length;
    while (from < to && text[from] == ' ') {
      from++;
    }
    while (to > from && text[to - 1] == ' ') {
      to--;
    }
    return new int[] {from, to};
  }
}
