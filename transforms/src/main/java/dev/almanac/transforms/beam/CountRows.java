package dev.almanac.transforms.beam;

import dev.almanac.transforms.column.ColumnBatch;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.values.PCollection;

/** How many rows all batches have together: one number, 0 for no batch. */
final class CountRows extends PTransform<PCollection<ColumnBatch>, PCollection<Long>> {
  private static final long serialVersionUID = 1L;

  private CountRows() {}

  static CountRows create() {
    return new CountRows();
  }

  @Override
  public PCollection<Long> expand(PCollection<ColumnBatch> batches) {
    return batches
        .apply("Rows", ParDo.of(new Rows()))
        .setCoder(VarLongCoder.of())
        .apply("Sum", Sum.longsGlobally());
  }

  private static final class Rows extends DoFn<ColumnBatch, Long> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element ColumnBatch batch, OutputReceiver<Long> out) {
      out.output((long) batch.rows());
    }
  }
}
