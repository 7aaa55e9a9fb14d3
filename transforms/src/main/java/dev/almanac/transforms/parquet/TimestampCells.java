package dev.almanac.transforms.parquet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Points in time as days, and as text that loses nothing: {@code 2019-03-04T05:06:07.25}, with
 * {@code Z} at its end where the column is adjusted to UTC. The day is that of the text: in UTC
 * where the column is adjusted to it, else the local one. INT96 has no say in it and gets no {@code
 * Z}.
 */
final class TimestampCells {
  private static final long DAY_SECONDS = 86_400;
  private static final long NANOS = 1_000_000_000L;

  private static final long FIRST_SECOND = LocalDate.of(1, 1, 1).toEpochDay() * DAY_SECONDS;
  private static final long LAST_SECOND = LocalDate.of(10_000, 1, 1).toEpochDay() * DAY_SECONDS - 1;

  /** 1970-01-01 as the day of INT96. */
  private static final int JULIAN_EPOCH = 2_440_588;

  private static final DateTimeFormatter TEXT =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);

  private final boolean julian;
  private final long perSecond;
  private final boolean adjusted;
  private long second;
  private int nano;

  TimestampCells(PrimitiveType type) {
    julian = type.getPrimitiveTypeName() == PrimitiveTypeName.INT96;
    if (type.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation timestamp) {
      adjusted = timestamp.isAdjustedToUTC();
      perSecond =
          switch (timestamp.getUnit()) {
            case MILLIS -> 1_000;
            case MICROS -> 1_000_000;
            case NANOS -> NANOS;
          };
    } else {
      adjusted = false;
      perSecond = NANOS;
    }
  }

  private void read(ColumnReader reader) {
    if (julian) {
      ByteBuffer bytes = reader.getBinary().toByteBuffer().slice().order(ByteOrder.LITTLE_ENDIAN);
      long nanosOfDay = bytes.getLong();
      long day = (long) bytes.getInt() - JULIAN_EPOCH;
      second = Math.addExact(day * DAY_SECONDS, Math.floorDiv(nanosOfDay, NANOS));
      nano = (int) Math.floorMod(nanosOfDay, NANOS);
    } else {
      long value = reader.getLong();
      second = Math.floorDiv(value, perSecond);
      nano = (int) (Math.floorMod(value, perSecond) * (NANOS / perSecond));
    }
  }

  /** The day of the current cell, from 1970-01-01 on; null as {@link #text}. */
  Long day(ColumnReader reader) {
    read(reader);
    return second < FIRST_SECOND || second > LAST_SECOND
        ? null
        : (Long) Math.floorDiv(second, DAY_SECONDS);
  }

  /** The current cell as text; null when it is in none of the years 0001 to 9999. */
  String text(ColumnReader reader) {
    read(reader);
    if (second < FIRST_SECOND || second > LAST_SECOND) {
      return null;
    }
    LocalDateTime time = LocalDateTime.ofEpochSecond(second, nano, ZoneOffset.UTC);
    return TEXT.format(time) + (adjusted ? "Z" : "");
  }

  /** The current cell as it is stored, where it is no day of ours. */
  String stored(ColumnReader reader) {
    return julian ? "%s seconds since 1970".formatted(second) : Long.toString(reader.getLong());
  }
}
