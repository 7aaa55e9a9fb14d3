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
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnReader;

/**
 * Turns one column chunk into columns, some rows at a time, by parquet-java's column reader: any
 * encoding, codec and page version. Not thread-safe.
 *
 * <p>A cell that is no value of the type it is read as becomes a null and is listed.
 */
final class ColumnDecoder {
  private final Field field;
  private final ColumnReader reader;
  private final int present;
  private final ParquetKind kind;
  private final ColumnAppender appender;
  private final CellValues values;
  private final List<UnfitCell> unfit = new ArrayList<>();

  ColumnDecoder(ReadColumn column, ColumnReader reader) {
    this.field = column.field();
    this.reader = reader;
    this.present = reader.getDescriptor().getMaxDefinitionLevel();
    this.kind = ParquetKind.of(reader.getDescriptor().getPrimitiveType());
    this.values = new CellValues(column, reader);
    this.appender =
        switch (field.type()) {
          case FLOAT32, INT32 -> null;
          default -> ColumnAppender.of(field.type());
        };
  }

  Field field() {
    return field;
  }

  /** The cells of the columns of {@link #next} that did not fit; whoever asks takes them. */
  List<UnfitCell> takeUnfit() {
    List<UnfitCell> taken = List.copyOf(unfit);
    unfit.clear();
    return taken;
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
    float[] floats = new float[rows];
    for (int row = 0; row < rows; row++) {
      floats[row] = reader.getFloat();
      reader.consume();
    }
    return new FloatColumn(floats);
  }

  private Column ints(int rows) {
    int[] ints = new int[rows];
    for (int row = 0; row < rows; row++) {
      ints[row] = reader.getInteger();
      reader.consume();
    }
    return new IntColumn(ints);
  }

  private Column longs(int rows) {
    LongAppender longs = (LongAppender) appender;
    for (int row = 0; row < rows; row++) {
      if (isNull()) {
        longs.appendNull();
      } else {
        long value = values.asLong();
        if (values.fits()) {
          longs.append(value);
        } else {
          longs.appendNull();
          addUnfit(row);
        }
      }
      reader.consume();
    }
    return longs.build();
  }

  private Column doubles(int rows) {
    DoubleAppender doubles = (DoubleAppender) appender;
    for (int row = 0; row < rows; row++) {
      if (isNull()) {
        doubles.appendNull();
      } else {
        double value = values.asDouble();
        if (values.fits()) {
          doubles.append(value);
        } else {
          doubles.appendNull();
          addUnfit(row);
        }
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
      } else if (kind == ParquetKind.TEXT) {
        append(strings, reader.getBinary().toByteBuffer());
      } else {
        String text = values.asText();
        if (values.fits() && text != null) {
          strings.append(text);
        } else if (values.fits()) {
          strings.appendNull();
        } else {
          strings.appendNull();
          addUnfit(row);
        }
      }
      reader.consume();
    }
    return strings.build();
  }

  private void addUnfit(int row) {
    unfit.add(new UnfitCell(field.name(), row, values.reason(), values.unfitText()));
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
