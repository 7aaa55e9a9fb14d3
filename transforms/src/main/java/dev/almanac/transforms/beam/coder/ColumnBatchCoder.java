package dev.almanac.transforms.beam.coder;

import dev.almanac.transforms.column.BatchFormat;
import dev.almanac.transforms.column.ColumnBatch;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.CustomCoder;

/** Carries batches between the stages of a pipeline: the schema, then the cells. */
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
    data.flush();
  }

  @Override
  public ColumnBatch decode(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    return BatchFormat.read(BatchFormat.readSchema(data), data);
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
