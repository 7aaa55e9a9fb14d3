package dev.almanac.transforms.beam.coder;

import dev.almanac.transforms.column.BatchFormat;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.RowOrigin;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.util.VarInt;

/** Carries batches between the stages of a pipeline: the schema, the cells, where they stand. */
public final class ColumnBatchCoder extends CustomCoder<ColumnBatch> {
  private static final long serialVersionUID = 1L;
  private static final ColumnBatchCoder INSTANCE = new ColumnBatchCoder();

  private ColumnBatchCoder() {}

  public static ColumnBatchCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(ColumnBatch batch, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    BatchFormat.writeSchema(batch.schema(), data);
    BatchFormat.write(batch, data);
    data.writeBoolean(batch.origin() != null);
    if (batch.origin() != null) {
      write(batch.origin(), data);
    }
    data.flush();
  }

  @Override
  public ColumnBatch decode(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    ColumnBatch batch = BatchFormat.read(BatchFormat.readSchema(data), data);
    return data.readBoolean() ? batch.withOrigin(origin(batch.rows(), data)) : batch;
  }

  /** The part, then the lines as steps from one to the next. */
  private static void write(RowOrigin origin, DataOutputStream out) throws IOException {
    out.writeLong(origin.part().source());
    out.writeInt(origin.part().chunk());
    out.writeInt(origin.part().piece());
    StringUtf8Coder.of().encode(origin.part().folder(), out);
    StringUtf8Coder.of().encode(origin.part().path(), out);
    out.writeLong(origin.part().from());
    long before = 0;
    for (int row = 0; row < origin.rows(); row++) {
      VarInt.encode(origin.line(row) - before, out);
      before = origin.line(row);
    }
  }

  private static RowOrigin origin(int rows, DataInputStream in) throws IOException {
    RowOrigin.Part part =
        new RowOrigin.Part(
            in.readLong(),
            in.readInt(),
            in.readInt(),
            StringUtf8Coder.of().decode(in),
            StringUtf8Coder.of().decode(in),
            in.readLong());
    long[] lines = new long[rows];
    long before = 0;
    for (int row = 0; row < rows; row++) {
      before += VarInt.decodeLong(in);
      lines[row] = before;
    }
    return new RowOrigin(part, lines);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ColumnBatchCoder;
  }

  @Override
  public int hashCode() {
    return ColumnBatchCoder.class.hashCode();
  }
}
