package dev.almanac.transforms.parquet;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnAppender;
import dev.almanac.transforms.column.DoubleAppender;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.IntColumn;
import dev.almanac.transforms.column.LongAppender;
import dev.almanac.transforms.column.StringAppender;
import dev.almanac.transforms.problem.ForeseenException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/**
 * Turns one column chunk into columns, some rows at a time, by parquet-java's column reader: any
 * encoding, codec and page version. Not thread-safe.
 */
final class ColumnDecoder {
  private final Field field;
  private final ColumnReader reader;
  private final int present;
  private final PrimitiveType type;
  private final ColumnAppender appender;

  ColumnDecoder(Field field, ColumnReader reader) {
    this.field = field;
    this.reader = reader;
    this.present = reader.getDescriptor().getMaxDefinitionLevel();
    this.type = reader.getDescriptor().getPrimitiveType();
    this.appender =
        switch (field.type()) {
          case FLOAT32, INT32 -> null;
          default -> ColumnAppender.of(field.type());
        };
  }

  Field field() {
    return field;
  }

  /** The next rows, of which there must be as many. */
  Column next(int rows) throws IOException {
    return switch (field.type()) {
      case FLOAT32 -> floats(rows);
      case INT32 -> ints(rows);
      case LONG, DATE -> longs(rows);
      case DOUBLE -> doubles(rows);
      case STRING -> strings(rows);
    };
  }

  private boolean isNull() {
    return reader.getCurrentDefinitionLevel() < present;
  }

  private Column floats(int rows) {
    float[] values = new float[rows];
    for (int row = 0; row < rows; row++) {
      values[row] = reader.getFloat();
      reader.consume();
    }
    return new FloatColumn(values);
  }

  private Column ints(int rows) {
    int[] values = new int[rows];
    for (int row = 0; row < rows; row++) {
      values[row] = reader.getInteger();
      reader.consume();
    }
    return new IntColumn(values);
  }

  private Column longs(int rows) {
    LongAppender longs = (LongAppender) appender;
    boolean unsigned =
        type.getLogicalTypeAnnotation() instanceof IntLogicalTypeAnnotation integer
            && !integer.isSigned();
    for (int row = 0; row < rows; row++) {
      if (isNull()) {
        longs.appendNull();
      } else {
        longs.append(
            switch (type.getPrimitiveTypeName()) {
              case INT64 -> reader.getLong();
              case BOOLEAN -> reader.getBoolean() ? 1 : 0;
              default ->
                  unsigned ? Integer.toUnsignedLong(reader.getInteger()) : reader.getInteger();
            });
      }
      reader.consume();
    }
    return longs.build();
  }

  private Column doubles(int rows) {
    DoubleAppender doubles = (DoubleAppender) appender;
    int scale =
        type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal
            ? decimal.getScale()
            : 0;
    for (int row = 0; row < rows; row++) {
      if (isNull()) {
        doubles.appendNull();
      } else {
        doubles.append(
            switch (type.getPrimitiveTypeName()) {
              case DOUBLE -> reader.getDouble();
              case FLOAT -> reader.getFloat();
              case INT64 -> BigDecimal.valueOf(reader.getLong(), scale).doubleValue();
              default -> BigDecimal.valueOf(reader.getInteger(), scale).doubleValue();
            });
      }
      reader.consume();
    }
    return doubles.build();
  }

  private Column strings(int rows) throws IOException {
    StringAppender strings = (StringAppender) appender;
    for (int row = 0; row < rows; row++) {
      if (isNull()) {
        strings.appendNull();
      } else {
        append(strings, reader.getBinary().toByteBuffer());
      }
      reader.consume();
    }
    return strings.build();
  }

  private static void append(StringAppender strings, ByteBuffer utf8) throws IOException {
    try {
      if (utf8.hasArray()) {
        strings.append(utf8.array(), utf8.arrayOffset() + utf8.position(), utf8.remaining());
      } else {
        byte[] copy = new byte[utf8.remaining()];
        utf8.get(copy);
        strings.append(copy, 0, copy.length);
      }
    } catch (CharacterCodingException e) {
      throw new ForeseenException("a text is not UTF-8", e);
    }
  }
}
