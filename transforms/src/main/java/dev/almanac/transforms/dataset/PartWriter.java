package dev.almanac.transforms.dataset;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.dataset.part.PartPlan;
import dev.almanac.transforms.dataset.part.PartRows;
import dev.almanac.transforms.dataset.part.WrittenPart;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.manifest.DatasetFile;
import dev.almanac.transforms.parquet.write.ParquetBatchWriter;
import dev.almanac.transforms.parquet.write.ParquetLayout;
import dev.almanac.transforms.parquet.write.WrittenFile;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.spool.StagedFile;
import dev.almanac.transforms.staging.DatasetJob;
import dev.almanac.transforms.staging.DatasetLayout;
import dev.almanac.transforms.staging.Staging;
import dev.almanac.transforms.staging.UnknownClassPolicy;
import java.io.IOException;
import java.util.function.UnaryOperator;

/**
 * The last pass over the rows of one parquet file: reads them back, encodes and writes them. A file
 * of which no row is left is not there.
 */
final class PartWriter {
  private PartWriter() {}

  static WrittenPart write(DatasetJob job, PartPlan plan) throws IOException {
    FittedTransform transform = FittedTransform.shared(job.staging().staged().transform());
    boolean drops =
        job.tolerance().unknownClasses() == UnknownClassPolicy.DROP && plan.split() != Split.TRAIN;
    return write(
        job.staging(),
        job.layout(),
        plan,
        transform.outputSchema(),
        rows -> transform.encode(drops ? transform.known(rows) : rows, plan.unknownClasses()));
  }

  /**
   * @param schema of the file
   * @param encoder from the rows that lie in the spools to those of the file
   */
  static WrittenPart write(
      Staging staging,
      DatasetLayout dataset,
      PartPlan plan,
      TableSchema schema,
      UnaryOperator<ColumnBatch> encoder)
      throws IOException {
    ParquetLayout layout = dataset.parquet(schema);
    StagedFile file = StagedFile.of(staging.file(plan.path()), Staging.attempt());
    WrittenFile written;
    try (PartRows rows = PartRows.open(plan);
        ParquetBatchWriter writer = ParquetBatchWriter.create(file.writing(), schema, layout)) {
      for (ColumnBatch batch = rows.next(); batch != null; batch = rows.next()) {
        writer.write(encoder.apply(batch));
      }
      written = writer.finish();
    }
    if (written.rows() > 0) {
      file.finish();
    } else {
      file.discard();
    }
    return new WrittenPart(
        plan.split(),
        new DatasetFile(
            plan.path(), written.rows(), written.rowGroups(), written.bytes(), written.sha256()));
  }
}
