package dev.almanac.transforms.column;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a batch between two stages of a pipeline: compact and quick, not an archive.
 *
 * <p>Integers are stored as their distance from the smallest in 0, 1, 2, 4 or 8 bytes, text as
 * dictionary and codes, all little-endian. Equal batches with equal dictionaries give equal bytes.
 */
public final class BatchFormat {
  private BatchFormat() {}

  public static void writeSchema(TableSchema schema, DataOutput out) throws IOException {
    out.writeInt(schema.size());
    for (Field field : schema.fields()) {
      writeText(field.name(), out);
      out.writeByte(field.type().ordinal());
      out.writeBoolean(field.nullable());
    }
  }

  public static TableSchema readSchema(DataInput in) throws IOException {
    int size = in.readInt();
    List<Field> fields = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      String name = readText(in);
      ColumnType type = ColumnType.values()[in.readByte()];
      fields.add(new Field(name, type, in.readBoolean()));
    }
    return TableSchema.of(fields);
  }

  /** Writes the cells; the schema is the reader's to know. */
  public static void write(ColumnBatch batch, DataOutput out) throws IOException {
    out.writeInt(batch.rows());
    for (Column column : batch.columns()) {
      column.write(out);
    }
  }

  /** Reads what {@link #write} wrote of a batch with this schema. */
  public static ColumnBatch read(TableSchema schema, DataInput in) throws IOException {
    int rows = in.readInt();
    List<Column> columns = new ArrayList<>(schema.size());
    for (Field field : schema.fields()) {
      columns.add(
          switch (field.type()) {
            case LONG, DATE -> {
              Validity validity = readValidity(rows, in);
              yield new LongColumn(field.type(), readLongs(rows, in), validity);
            }
            case DOUBLE -> {
              Validity validity = readValidity(rows, in);
              double[] values = new double[rows];
              bytes(8 * rows, in).asDoubleBuffer().get(values);
              yield new DoubleColumn(values, validity);
            }
            case STRING -> {
              int size = in.readInt();
              List<String> dictionary = new ArrayList<>(size);
              for (int i = 0; i < size; i++) {
                dictionary.add(readText(in));
              }
              yield new StringColumn(readCodes(rows, in), dictionary);
            }
            case FLOAT32 -> {
              float[] values = new float[rows];
              bytes(4 * rows, in).asFloatBuffer().get(values);
              yield new FloatColumn(values);
            }
            case INT32 -> new IntColumn(readCodes(rows, in));
          });
    }
    return new ColumnBatch(schema, columns, rows);
  }

  static void writeValidity(Validity validity, DataOutput out) throws IOException {
    out.writeBoolean(validity.hasNulls());
    if (validity.hasNulls()) {
      long[] words = validity.toWords();
      ByteBuffer bytes = buffer(8 * words.length);
      bytes.asLongBuffer().put(words);
      out.write(bytes.array());
    }
  }

  private static Validity readValidity(int rows, DataInput in) throws IOException {
    if (!in.readBoolean()) {
      return Validity.all(rows);
    }
    long[] words = new long[(rows + 63) >>> 6];
    bytes(8 * words.length, in).asLongBuffer().get(words);
    return Validity.of(rows, words);
  }

  static void writeLongs(long[] values, DataOutput out) throws IOException {
    long low = 0;
    long high = 0;
    for (int i = 0; i < values.length; i++) {
      low = i == 0 ? values[0] : Math.min(low, values[i]);
      high = i == 0 ? values[0] : Math.max(high, values[i]);
    }
    long span = high - low;
    int width = span < 0 ? 8 : width(span);
    out.writeLong(low);
    out.writeByte(width);
    ByteBuffer bytes = buffer(width * values.length);
    switch (width) {
      case 0 -> {}
      case 1 -> {
        for (long value : values) {
          bytes.put((byte) (value - low));
        }
      }
      case 2 -> {
        for (long value : values) {
          bytes.putShort((short) (value - low));
        }
      }
      case 4 -> {
        for (long value : values) {
          bytes.putInt((int) (value - low));
        }
      }
      default -> {
        for (long value : values) {
          bytes.putLong(value - low);
        }
      }
    }
    out.write(bytes.array());
  }

  private static long[] readLongs(int rows, DataInput in) throws IOException {
    long low = in.readLong();
    int width = in.readByte();
    ByteBuffer bytes = bytes(width * rows, in);
    long[] values = new long[rows];
    for (int i = 0; i < rows; i++) {
      values[i] =
          low
              + switch (width) {
                case 0 -> 0L;
                case 1 -> bytes.get() & 0xFFL;
                case 2 -> bytes.getShort() & 0xFFFFL;
                case 4 -> bytes.getInt() & 0xFFFF_FFFFL;
                default -> bytes.getLong();
              };
    }
    return values;
  }

  /** Codes are at least -1 for text, at least 0 for categories. */
  static void writeCodes(int[] codes, DataOutput out) throws IOException {
    int highest = -1;
    for (int code : codes) {
      highest = Math.max(highest, code);
    }
    int width = width(highest + 1L);
    out.writeByte(width);
    ByteBuffer bytes = buffer(width * codes.length);
    switch (width) {
      case 0 -> {}
      case 1 -> {
        for (int code : codes) {
          bytes.put((byte) (code + 1));
        }
      }
      case 2 -> {
        for (int code : codes) {
          bytes.putShort((short) (code + 1));
        }
      }
      default -> {
        for (int code : codes) {
          bytes.putInt(code + 1);
        }
      }
    }
    out.write(bytes.array());
  }

  private static int[] readCodes(int rows, DataInput in) throws IOException {
    int width = in.readByte();
    ByteBuffer bytes = bytes(width * rows, in);
    int[] codes = new int[rows];
    for (int i = 0; i < rows; i++) {
      codes[i] =
          switch (width) {
                case 0 -> 0;
                case 1 -> bytes.get() & 0xFF;
                case 2 -> bytes.getShort() & 0xFFFF;
                default -> bytes.getInt();
              }
              - 1;
    }
    return codes;
  }

  private static int width(long highest) {
    if (highest == 0) {
      return 0;
    }
    return highest < 1L << 8 ? 1 : highest < 1L << 16 ? 2 : highest < 1L << 32 ? 4 : 8;
  }

  static void writeText(String text, DataOutput out) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  private static String readText(DataInput in) throws IOException {
    byte[] utf8 = new byte[in.readInt()];
    in.readFully(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  static ByteBuffer buffer(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer bytes(int length, DataInput in) throws IOException {
    ByteBuffer bytes = buffer(length);
    in.readFully(bytes.array());
    return bytes;
  }
}
