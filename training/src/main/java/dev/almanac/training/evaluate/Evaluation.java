package dev.almanac.training.evaluate;

import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.feed.EncodedRows;
import dev.almanac.training.metric.Metrics;
import dev.almanac.training.objective.Objective;
import dev.almanac.training.run.DatasetHashes;
import dev.almanac.training.run.ProgressListener;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunGroup;
import dev.almanac.training.run.RunOutcome;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.score.PredictionColumns;
import dev.almanac.training.score.Scorer;
import dev.almanac.training.torch.Compute;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.manifest.DatasetFile;
import dev.almanac.transforms.parquet.ParquetBatchReader;
import dev.almanac.transforms.parquet.write.ParquetBatchWriter;
import dev.almanac.transforms.parquet.write.ParquetCodec;
import dev.almanac.transforms.parquet.write.ParquetLayout;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.storage.Redo;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures a finished run on a split, beside simple models fitted on the train split alone.
 *
 * <p>Reads the split's parquet files one at a time, in order, and writes as many files of
 * predictions, row for row: the columns kept, the label, {@link PredictionColumns}, and what the
 * linear baseline predicts. Metrics and baselines go into the run's record, last.
 */
public final class Evaluation {
  private static final int BATCH_ROWS = 1 << 15;
  private static final int ROW_GROUP_ROWS = 1 << 17;

  private final Run run;
  private final Dataset dataset;
  private final Split split;
  private final PredictionColumns predictions;

  private Evaluation(Run run, Dataset dataset, Split split) {
    this.run = run;
    this.dataset = dataset;
    this.split = split;
    this.predictions = new PredictionColumns(dataset.manifest().columns().label());
  }

  /**
   * Evaluates on a split of the dataset; an earlier evaluation on it is replaced.
   *
   * @return the run with its record as it is on disk now
   * @throws IOException when the run has no model, the dataset was encoded by another transform,
   *     one of its files changed, or the split has no rows
   */
  public static Run run(Run run, Dataset dataset, Split split, ProgressListener progress)
      throws IOException {
    return run(RunGroup.alone(run), dataset, split, progress).runs().get(0);
  }

  /** Evaluates every run of a group, the baselines fitted once, with the first one's seed. */
  public static RunGroup run(
      RunGroup group, Dataset dataset, Split split, ProgressListener progress) throws IOException {
    for (Run run : group.runs()) {
      check(run, dataset, split);
    }
    DatasetHashes.check(
        dataset, split == Split.TRAIN ? List.of(split) : List.of(Split.TRAIN, split), progress);
    TrainConfig config = group.runs().get(0).record().train();
    Compute compute = Compute.start(config.machine().device(), config.machine().threads());
    List<Baseline> baselines = new ArrayList<>();
    List<Run> evaluated = new ArrayList<>();
    try {
      progress.note("fitting the baselines on the train split");
      baselines.addAll(Baselines.fit(dataset, config, compute));
      for (Run run : group.runs()) {
        progress.note("evaluating %s on the %s split".formatted(run.record().runId(), split));
        Evaluation evaluation = new Evaluation(run, dataset, split);
        try (Scorer scorer = Scorer.open(run, compute)) {
          evaluated.add(Redo.whileUploadsFail(() -> evaluation.measure(scorer, baselines)));
        }
      }
    } finally {
      baselines.forEach(Baseline::close);
    }
    return new RunGroup(evaluated);
  }

  private static void check(Run run, Dataset dataset, Split split) throws IOException {
    String trained = run.record().dataset().transformHash();
    String encoded = dataset.manifest().hashes().transform();
    if (!trained.equals(encoded) || !run.record().columns().equals(dataset.manifest().columns())) {
      throw new ForeseenException(
          "Cannot evaluate run %s on dataset %s: it was encoded by another transform (%s) than the run's (%s)"
              .formatted(run.folder(), dataset.folder(), encoded, trained));
    }
    if (run.record().status() == RunStatus.FINISHED) {
      run.require(Run.MODEL);
    }
    if (dataset.manifest().rows(split) == 0) {
      throw new ForeseenException(
          "Cannot evaluate run %s on the %s split of dataset %s: it has no rows"
              .formatted(run.folder(), split, dataset.folder()));
    }
  }

  private Run measure(Scorer scorer, List<Baseline> baselines) throws IOException {
    Objective objective = run.objective();
    Metrics metrics = objective.metrics();
    List<Metrics> compared = baselines.stream().map(baseline -> objective.metrics()).toList();
    String kept = Storage.resolve(Run.PREDICTIONS, split.text());
    String folder = run.path(kept);
    // Until the new ones are whole the record names none.
    Run now = Run.open(run.folder());
    Run emptied = now.write(now.record().withoutFiles(kept));
    Storage.deleteFolder(folder);
    List<String> written = new ArrayList<>();
    boolean complete = false;
    try {
      for (DatasetFile file : dataset.manifest().files(split)) {
        String path = Storage.resolve(folder, Storage.name(file.path()));
        written.add(path);
        measure(dataset.path(file), path, scorer, metrics, baselines, compared);
      }
      complete = true;
    } finally {
      if (!complete) {
        Storage.delete(written);
      }
    }
    Map<String, RunOutcome.Baseline> results = new LinkedHashMap<>();
    for (int i = 0; i < baselines.size(); i++) {
      Baseline baseline = baselines.get(i);
      results.put(
          baseline.name(),
          new RunOutcome.Baseline(baseline.description(), compared.get(i).values()));
    }
    return emptied.write(
        emptied
            .record()
            .evaluated(split.text(), metrics.values(), results)
            .withFiles(emptied.hashed(kept)));
  }

  private void measure(
      String from,
      String to,
      Scorer scorer,
      Metrics metrics,
      List<Baseline> baselines,
      List<Metrics> compared)
      throws IOException {
    try (ParquetBatchReader reader = ParquetBatchReader.open(from, BATCH_ROWS);
        ParquetBatchWriter writer =
            ParquetBatchWriter.create(to, schema(reader.schema()), layout())) {
      for (ColumnBatch batch = reader.read(); batch != null; batch = reader.read()) {
        float[] labels = EncodedRows.floats(batch, predictions.label().column());
        double[] scores = scorer.score(batch);
        metrics.add(scores, labels, batch.rows());
        double[] linear = null;
        for (int i = 0; i < baselines.size(); i++) {
          // The last one is the linear one.
          linear = baselines.get(i).predict(batch);
          compared.get(i).add(linear, labels, batch.rows());
        }
        writer.write(
            predictions
                .append(known(batch, labels), scores)
                .with(predictions.linearField(), predictions.linear(linear, batch.rows())));
      }
      writer.finish();
    }
  }

  private static ParquetLayout layout() {
    return ParquetLayout.of(ROW_GROUP_ROWS, ParquetCodec.of("uncompressed"));
  }

  private List<String> kept() {
    return dataset.manifest().columns().keep().stream().map(DatasetColumns.Kept::name).toList();
  }

  private TableSchema schema(TableSchema stored) {
    List<Field> fields = new ArrayList<>(stored.select(kept()).fields());
    fields.add(predictions.labelField());
    fields.addAll(predictions.fields());
    fields.add(predictions.linearField());
    return TableSchema.of(fields);
  }

  /** What is known of the rows: the columns kept and the label. */
  private ColumnBatch known(ColumnBatch batch, float[] labels) {
    return batch.select(kept()).with(predictions.labelField(), predictions.labels(labels));
  }
}
