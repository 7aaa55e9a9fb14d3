package dev.almanac.pipelines.stage;

import dev.almanac.training.run.Compute;
import dev.almanac.training.run.PredictionColumns;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.Scorer;
import dev.almanac.transforms.artifact.DatasetColumns;
import dev.almanac.transforms.artifact.FittedTransform;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.csv.Reject;
import dev.almanac.transforms.dataset.ChunkRejects;
import dev.almanac.transforms.dataset.SourceChunk;
import dev.almanac.transforms.dataset.SourceRows;
import dev.almanac.transforms.dataset.StagedFile;
import dev.almanac.transforms.dataset.Staging;
import dev.almanac.transforms.drift.DriftCounts;
import dev.almanac.transforms.drift.DriftReference;
import dev.almanac.transforms.feature.UnreadableCells;
import dev.almanac.transforms.feature.UnreadableCounts;
import dev.almanac.transforms.parquet.ParquetBatchWriter;
import dev.almanac.transforms.parquet.ParquetCodec;
import dev.almanac.transforms.parquet.ParquetLayout;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Predicts raw rows with a run's model, through the run's own transform and the very code that
 * encoded its training data. Not thread-safe.
 */
final class ChunkPredictor implements AutoCloseable {
  private final PredictJob job;
  private final FittedTransform transform;
  private final PredictionColumns predictions;
  private final Scorer scorer;
  private final TableSchema output;

  /** Null when nobody looks at drift. */
  private final DriftReference reference;

  ChunkPredictor(PredictJob job) throws IOException {
    Run run = Run.open(job.run());
    this.job = job;
    this.transform = FittedTransform.shared(run.path(Run.TRANSFORM)).withoutLabel();
    this.predictions = new PredictionColumns(run.record().columns().label());
    // The engine's workers are the parallelism; a pool of threads each would only wait.
    this.scorer = Scorer.open(run, Compute.start(run.record().train().device(), 1));
    List<Field> fields = new ArrayList<>();
    for (DatasetColumns.Kept kept : transform.datasetColumns().keep()) {
      fields.add(transform.outputSchema().field(kept.name()));
    }
    fields.addAll(predictions.fields());
    this.output = TableSchema.of(fields);
    this.reference = job.drift() == null ? null : DriftReference.of(transform).orElseThrow();
  }

  /**
   * What came of a chunk.
   *
   * @param counts of its rows; null when nobody looks at drift
   */
  record Predicted(PredictedChunk chunk, DriftCounts counts) {}

  /** Writes the predictions of a chunk; trying again writes the same. */
  Predicted predict(SourceChunk chunk) throws IOException {
    String name = "part-%05d.parquet".formatted(chunk.number());
    String attempt = Staging.attempt();
    StagedFile part = StagedFile.of(job.staging().file(name), attempt);
    Set<String> missing = new LinkedHashSet<>(names(transform.inputs()));
    long read = 0;
    long predicted = 0;
    long rejected = 0;
    List<Reject> firstRejects;
    DriftCounts counts = reference == null ? null : reference.counts();
    UnreadableCounts unreadable = UnreadableCounts.none(transform.features(), 1);
    try (ChunkRejects rejects =
            new ChunkRejects(
                "predict", job.rejects(), job.staging().rejects(chunk.number()), attempt);
        ParquetBatchWriter writer =
            ParquetBatchWriter.create(
                part.writing(),
                output,
                ParquetLayout.of(1 << 17, ParquetCodec.UNCOMPRESSED).fitting(output))) {
      for (StoredFile file : chunk.files()) {
        UnreadableCells cells = new UnreadableCells(transform.features(), file.path(), 1);
        try (SourceRows reader =
            SourceRows.open(file.path(), transform.inputs(), job.format(), rejects)) {
          missing.retainAll(reader.missingColumns());
          for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
            cells.expect(batch.rows(), reader::line);
            writer.write(predict(batch, cells, counts));
            predicted += batch.rows();
          }
          read += reader.rowsRead();
          rejected += reader.rowsRejected();
          unreadable = unreadable.plus(cells.counts());
        }
      }
      rejects.finish(read);
      writer.finish();
      firstRejects = rejects.first();
    }
    part.finish();
    return new Predicted(
        new PredictedChunk(
            chunk.number(),
            name,
            read,
            predicted,
            rejected,
            firstRejects,
            unreadable,
            List.copyOf(missing)),
        counts);
  }

  private ColumnBatch predict(ColumnBatch raw, UnreadableCells cells, DriftCounts counts) {
    ColumnBatch computed = transform.features().apply(raw, cells);
    ColumnBatch encoded = transform.encode(computed);
    if (counts != null) {
      counts.add(reference, computed, encoded);
    }
    List<String> kept =
        transform.datasetColumns().keep().stream().map(DatasetColumns.Kept::name).toList();
    return predictions.append(encoded.select(kept), scorer.score(encoded));
  }

  private static List<String> names(List<SourceColumn> columns) {
    return columns.stream().map(SourceColumn::name).toList();
  }

  @Override
  public void close() {
    scorer.close();
  }
}
