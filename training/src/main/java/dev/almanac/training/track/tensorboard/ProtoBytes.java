package dev.almanac.training.track.tensorboard;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The fields of a protobuf message, in the order in which they are put. */
final class ProtoBytes {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

  /** Writes a field. */
  private interface Field {
    void write() throws IOException;
  }

  ProtoBytes number(int field, double value) {
    return put(() -> out.writeDouble(field, value));
  }

  ProtoBytes real(int field, float value) {
    return put(() -> out.writeFloat(field, value));
  }

  ProtoBytes integer(int field, long value) {
    return put(() -> out.writeInt64(field, value));
  }

  ProtoBytes flag(int field, boolean value) {
    return put(() -> out.writeBool(field, value));
  }

  ProtoBytes text(int field, String value) {
    return put(() -> out.writeString(field, value));
  }

  ProtoBytes message(int field, ProtoBytes value) {
    return put(() -> out.writeByteArray(field, value.bytes()));
  }

  byte[] bytes() {
    put(out::flush);
    return bytes.toByteArray();
  }

  private ProtoBytes put(Field field) {
    try {
      field.write();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
