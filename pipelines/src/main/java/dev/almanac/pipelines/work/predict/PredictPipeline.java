package dev.almanac.pipelines.work.predict;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.DriftAction;
import dev.almanac.pipelines.config.Duplicates;
import dev.almanac.pipelines.config.PredictConfig;
import dev.almanac.pipelines.config.UnjudgedAction;
import dev.almanac.pipelines.work.PipelineRun;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.source.SourceFiles;
import dev.almanac.training.run.Run;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.drift.DriftReport;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.fit.FurtherRows;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.Count;
import dev.almanac.transforms.problem.Notice;
import dev.almanac.transforms.problem.RequestException;
import dev.almanac.transforms.source.SourceChoice;
import dev.almanac.transforms.source.SourceChunk;
import dev.almanac.transforms.staging.Staging;
import dev.almanac.transforms.staging.StagingHold;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;

/** Predicts raw rows on the chosen engine; each call makes a date-time-named folder. */
final class PredictPipeline {
  private final AlmanacConfig config;
  private final Run trained;
  private final PipelineOptions options;
  private final Watch watch;

  PredictPipeline(AlmanacConfig config, Run trained, PipelineOptions options, Watch watch) {
    this.config = config;
    this.trained = trained;
    this.options = options;
    this.watch = watch;
  }

  Predict.Predicted run(List<String> inputs, String output) throws IOException, RequestException {
    // Fails at once, and here, when the run has no model.
    trained.ensemble();
    String run = trained.folder();
    FittedTransform transform = trained.transform();
    FurtherRows rows =
        FurtherRows.of(transform, config.predict().source().of(FurtherRows.of(transform).format()));
    if (config.predict().source().keys().isEmpty()
        && config.source() != null
        && !config.source().format().equals(rows.format())) {
      watch.line(
          "predict reads files as run %s was trained on, not as the config's source says today; predict.source says where new files differ"
              .formatted(run));
    }
    DriftCheck drift = drift();
    Duplicates duplicates =
        config.source() == null ? Duplicates.WARN : config.source().duplicates();
    SourceFiles source = SourceFiles.find(inputs, duplicates, "--input");
    List<StoredFile> files = source.files();
    List<Notice> notices = new ArrayList<>(new SourceChoice(source.leftOut()).notices());
    notices.addAll(source.beside());
    Staging.sweep(output, PredictionsManifest.FILE).forEach(watch::line);
    StagingHold hold = Staging.begin(output, Instant.now(), PredictionsManifest.FILE);
    Staging staging = hold.staging();
    try {
      watch.line("predicting %s with run %s".formatted(Count.of(files.size(), "file"), run));
      List<SourceChunk> chunks = SourceChunk.cut(files);
      TreeMap<String, ColumnType> widened = new TreeMap<>();
      String path = Storage.resolve(staging.dataset(), PredictionsManifest.FILE);
      do {
        PredictJob job =
            new PredictJob(
                run,
                rows.format(),
                new TreeMap<>(widened),
                config.rejects(),
                UnreadableLimit.of(config.predict(), trained.record()),
                drift,
                notices,
                staging);
        predict(job, chunks, path);
        // Each turn widens a column, and none is wider than text.
        PredictionsManifest.wider(staging)
            .forEach((column, type) -> widened.merge(column, type, FurtherRows::widest));
        if (!Storage.exists(path)) {
          staging.delete();
        }
      } while (!Storage.exists(path));
      PredictionsManifest manifest =
          Json.read(Storage.readText(path), PredictionsManifest.class, path);
      return new Predict.Predicted(
          trained,
          staging.dataset(),
          manifest.rows().predicted(),
          manifest.rows().rejected(),
          drift == null ? null : report(staging),
          manifest.notices());
    } finally {
      hold.close();
    }
  }

  private void predict(PredictJob job, List<SourceChunk> chunks, String last) throws IOException {
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply("Predict", new PredictRows(job, chunks));
    PipelineRun.of(
        pipeline,
        watch,
        last,
        at -> {
          int written = Storage.match(job.staging().folder(), "part-*.parquet").size();
          at.step("predicting", written, chunks.size(), "chunks", "");
        });
  }

  /** What is made of drift; null when nobody looks. */
  private DriftCheck drift() {
    PredictConfig predict = config.predict();
    return predict.drift() == DriftAction.OFF
        ? null
        : new DriftCheck(
            predict.limits(),
            predict.drift() == DriftAction.REFUSE,
            predict.unjudged() == UnjudgedAction.ALLOW);
  }

  private static DriftReport report(Staging staging) throws IOException {
    String path = Storage.resolve(staging.dataset(), DriftReport.FILE);
    return Json.read(Storage.readText(path), DriftReport.class, path);
  }
}
