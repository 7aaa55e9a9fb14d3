package dev.almanac.transforms.beam;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.problem.Names;
import dev.almanac.transforms.problem.RefusedException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;

/** Unpacks batches of one table into rows, for Beam code that works row by row. */
public final class BatchesToRows extends PTransform<PCollection<ColumnBatch>, PCollection<Row>> {
  private static final long serialVersionUID = 1L;

  private final TableSchema table;

  private BatchesToRows(TableSchema table) {
    this.table = table;
  }

  /** Unpacks batches of this table; a batch of another fails the bundle. */
  public static BatchesToRows of(TableSchema table) {
    return new BatchesToRows(table);
  }

  @Override
  public PCollection<Row> expand(PCollection<ColumnBatch> batches) {
    Schema schema = RowSchemas.rows(table);
    return batches.apply("Unpack", ParDo.of(new Unpack(table, schema))).setRowSchema(schema);
  }

  private static final class Unpack extends DoFn<ColumnBatch, Row> {
    private static final long serialVersionUID = 1L;

    private final TableSchema table;
    private final Schema schema;

    Unpack(TableSchema table, Schema schema) {
      this.table = table;
      this.schema = schema;
    }

    @ProcessElement
    public void process(@Element ColumnBatch batch, OutputReceiver<Row> out) {
      if (!batch.schema().names().equals(table.names())) {
        throw new RefusedException(
            "Cannot unpack a batch: its columns must be %s (%s)"
                .formatted(Names.of(table.names()), Names.of(batch.schema().names())));
      }
      for (int row = 0; row < batch.rows(); row++) {
        List<Object> values = new ArrayList<>(table.size());
        for (int i = 0; i < table.size(); i++) {
          values.add(batch.column(i).value(row));
        }
        out.output(Row.withSchema(schema).attachValues(values));
      }
    }
  }
}
