package dev.almanac.pipelines.work.predict;

import dev.almanac.training.run.Run;
import dev.almanac.training.score.PredictionColumns;
import dev.almanac.training.score.Scorer;
import dev.almanac.training.torch.Compute;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.drift.DriftCounts;
import dev.almanac.transforms.drift.DriftReference;
import dev.almanac.transforms.feature.plan.UnreadableCells;
import dev.almanac.transforms.feature.plan.UnreadableCounts;
import dev.almanac.transforms.fit.FurtherRows;
import dev.almanac.transforms.parquet.write.ParquetBatchWriter;
import dev.almanac.transforms.parquet.write.ParquetCodec;
import dev.almanac.transforms.parquet.write.ParquetLayout;
import dev.almanac.transforms.problem.Notice;
import dev.almanac.transforms.problem.Suggestion;
import dev.almanac.transforms.reject.Reject;
import dev.almanac.transforms.reject.RejectReason;
import dev.almanac.transforms.reuse.SameContent;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.source.SourceChunk;
import dev.almanac.transforms.source.SourceRange;
import dev.almanac.transforms.source.SourceRows;
import dev.almanac.transforms.spool.StagedFile;
import dev.almanac.transforms.staging.ChunkRejects;
import dev.almanac.transforms.staging.Staging;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Predicts raw rows with a run's model, through the run's own transform and the very code that
 * encoded its training data. Not thread-safe.
 */
final class ChunkPredictor implements AutoCloseable {
  private final PredictJob job;
  private final FurtherRows rows;
  private final PredictionColumns predictions;
  private final Scorer scorer;
  private final TableSchema output;

  /** Null when nobody looks at drift. */
  private final DriftReference reference;

  ChunkPredictor(PredictJob job) throws IOException {
    Run run = Run.open(job.run());
    this.job = job;
    this.rows = FurtherRows.of(run.sharedTransform(), job.format());
    this.predictions = new PredictionColumns(run.record().columns().label());
    // The engine's workers are the parallelism; a pool of threads each would only wait.
    this.scorer = Scorer.open(run, Compute.start(run.record().train().machine().device(), 1));
    List<Field> fields = new ArrayList<>(rows.keptFields(job.widened()));
    fields.addAll(predictions.fields());
    this.output = TableSchema.of(fields);
    this.reference = job.drift() == null ? null : DriftReference.of(rows.transform());
  }

  /**
   * What came of a chunk.
   *
   * @param counts of its rows; null when nobody looks at drift
   */
  record Predicted(PredictedChunk chunk, DriftCounts counts) {}

  /** Writes the predictions of a chunk; trying again writes the same. */
  Predicted predict(SourceChunk chunk) throws IOException {
    String name = String.format(Locale.ROOT, "part-%05d.parquet", chunk.number());
    String attempt = Staging.attempt();
    StagedFile part = StagedFile.of(job.staging().file(name), attempt);
    Map<String, List<String>> missing = new LinkedHashMap<>();
    Map<String, ColumnType> wider = new TreeMap<>();
    List<SameContent.Read> contents = new ArrayList<>();
    long read = 0;
    long predicted = 0;
    long rejected = 0;
    List<Reject> firstRejects;
    DriftCounts counts = reference == null ? null : reference.counts();
    UnreadableCounts unreadable = UnreadableCounts.none(rows.transform().features(), 1);
    try (ChunkRejects rejects =
            new ChunkRejects(
                "predict", job.rejects(), job.staging().rejects(chunk.number()), attempt);
        ParquetBatchWriter writer =
            ParquetBatchWriter.create(
                part.writing(),
                output,
                ParquetLayout.of(1 << 17, ParquetCodec.UNCOMPRESSED).fitting(output))) {
      for (StoredFile file : chunk.files()) {
        UnreadableCells cells = new UnreadableCells(rows.transform().features(), file.path(), 1);
        try (SourceRows reader =
            SourceRows.open(SourceRange.whole(file), rows.columns(), job.format(), rejects)) {
          for (String column : sources(reader.missingColumns())) {
            missing
                .computeIfAbsent(column, added -> new ArrayList<>())
                .add(file.path() + near(column, reader.columns()));
          }
          for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
            cells.expect(batch.rows(), reader::line);
            ColumnBatch computed = rows.applyFeatures(batch, cells);
            ColumnBatch whole =
                rows.encodable(
                    computed,
                    (row, column) ->
                        rejects.accept(
                            new Reject(
                                file.path(),
                                reader.line(row),
                                Reject.NO_OFFSET,
                                column,
                                RejectReason.NOTHING_FILLS,
                                "")));
            rejected += computed.rows() - whole.rows();
            if (whole.rows() > 0) {
              writer.write(predict(whole, wider, counts));
            }
            predicted += whole.rows();
          }
          read += reader.rowsRead();
          rejected += reader.rowsRejected();
          unreadable = unreadable.plus(cells.counts());
          contents.add(SameContent.Read.of(file, reader.finish(), reader.rowsRead()));
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
            new PredictedRows(read, predicted, rejected),
            firstRejects,
            unreadable,
            missing.entrySet().stream()
                .map(
                    column ->
                        new Notice(
                            Notice.Kind.COLUMN_MISSING,
                            column.getKey(),
                            column.getValue().size(),
                            "",
                            column.getValue()))
                .toList(),
            contents,
            wider),
        counts);
  }

  private ColumnBatch predict(
      ColumnBatch computed, Map<String, ColumnType> wider, DriftCounts counts) {
    ColumnBatch encoded = rows.encode(computed);
    if (counts != null) {
      counts.add(reference, computed, encoded);
    }
    return predictions.append(
        rows.kept(computed, encoded, job.widened(), wider), scorer.score(encoded));
  }

  /** What a file has that may be the column it lacks. */
  private String near(String column, List<String> columns) {
    Set<String> wanted =
        rows.columns().stream().map(SourceColumn::source).collect(Collectors.toSet());
    List<String> others = columns.stream().filter(name -> !wanted.contains(name)).toList();
    return others.stream()
        .filter(name -> name.strip().equalsIgnoreCase(column))
        .findFirst()
        .or(() -> Suggestion.of(column, others))
        .map(" (it has '%s')"::formatted)
        .orElse("");
  }

  /** The columns of the files that go by these names here, each once. */
  private Set<String> sources(List<String> names) {
    return rows.columns().stream()
        .filter(column -> names.contains(column.name()))
        .map(SourceColumn::source)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  @Override
  public void close() {
    scorer.close();
  }
}
