package dev.almanac.pipelines.stage;

import dev.almanac.pipelines.cli.Progress;
import dev.almanac.pipelines.cli.RequestException;
import dev.almanac.pipelines.cli.Version;
import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.OutputConfig;
import dev.almanac.transforms.artifact.Dataset;
import dev.almanac.transforms.artifact.DatasetManifest;
import dev.almanac.transforms.artifact.FitPlan;
import dev.almanac.transforms.beam.PrepareDataset;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.dataset.DatasetIdentity;
import dev.almanac.transforms.dataset.DatasetJob;
import dev.almanac.transforms.dataset.DatasetLayout;
import dev.almanac.transforms.dataset.KeptTypes;
import dev.almanac.transforms.dataset.SourceChoice;
import dev.almanac.transforms.dataset.SourceChunk;
import dev.almanac.transforms.dataset.Staging;
import dev.almanac.transforms.dataset.StagingHold;
import dev.almanac.transforms.encode.LabelKind;
import dev.almanac.transforms.encode.ModelColumns;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.schema.SchemaColumn;
import dev.almanac.transforms.schema.SchemaFile;
import dev.almanac.transforms.schema.SourceSchema;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;

/** From a config to a dataset: the schema, a plan, one pipeline. */
final class PreparePipeline {
  /** Of the order of rows in the train split; part of the bytes, so a constant. */
  private static final long SHUFFLE_SEED = 42;

  private final AlmanacConfig config;
  private final Dataset since;
  private final PipelineOptions options;
  private final Progress progress;

  /**
   * @param since an earlier dataset whose kept source is reused; null to read every file
   */
  PreparePipeline(AlmanacConfig config, Dataset since, PipelineOptions options, Progress progress) {
    this.config = config;
    this.since = since;
    this.options = options;
    this.progress = progress;
  }

  Dataset run() throws IOException, RequestException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    SourceFiles source = SourceFiles.find(config.source().files(), "source.files");
    List<StoredFile> files = source.files();
    Staging.sweep(config.output().dataset(), DatasetManifest.FILE).forEach(progress::line);
    Staging staging = Stamp.staging(config.output().dataset(), now);
    StagingHold hold = staging.claim();
    try {
      List<SourceChunk> chunks = SourceChunk.split(files, config.source().format());
      SinceDataset earlier =
          since == null ? null : SinceDataset.compare(since, chunks, staging, options, progress);
      SourceSchema schema = schema(files, earlier, staging);
      SchemaFile.write(schema, staging.file("schema.json"));
      DatasetJob job = job(source, schema, staging, now);
      if (earlier != null) {
        chunks = earlier.reused(sourceKey(schema), progress);
      }
      progress.line(
          "preparing %d files (%,d bytes) on %s"
              .formatted(
                  files.size(),
                  files.stream().mapToLong(StoredFile::bytes).sum(),
                  job.identity().runner()));
      Pipeline pipeline = Pipeline.create(options);
      pipeline.apply("Prepare", PrepareDataset.of(job, chunks));
      ProgressWatch.run(pipeline, progress, new Look(staging, List.copyOf(chunks)));
      return Dataset.open(staging.dataset());
    } finally {
      hold.close();
    }
  }

  /** What the rows of a source file depend on beside the file. */
  private String sourceKey(SourceSchema schema) {
    return Json.sha256(
        List.of(
            config.sourceHash(),
            schema.hash(),
            Version.text(),
            Version.gitCommit() == null ? "" : Version.gitCommit()));
  }

  private SourceSchema schema(List<StoredFile> files, SinceDataset earlier, Staging staging)
      throws IOException, RequestException {
    String file = config.schema();
    if (file != null && Storage.exists(file)) {
      return SchemaFile.read(file);
    }
    String output = file == null ? staging.file("schema.json") : file;
    boolean keeps = file == null && config.output().keepSource();
    SourceSchema schema =
        SchemaPipeline.run(
            config.source(),
            files,
            output,
            keeps ? KeptTypes.in(staging.folder()) : null,
            earlier,
            options,
            progress);
    if (file != null) {
      progress.line("wrote the schema to %s; it is enforced from now on".formatted(file));
    }
    return schema;
  }

  private DatasetJob job(SourceFiles source, SourceSchema schema, Staging staging, Instant now)
      throws RequestException {
    ModelColumns columns =
        new ModelColumns(
            config.columns().label(),
            LabelKind.of(config.task().text()),
            config.columns().numeric(),
            config.columns().nominal(),
            config.columns().keep());
    List<String> problems =
        FitPlan.problems(schema.sourceColumns(), config.features(), columns, config.fit());
    if (problems.isEmpty()) {
      problems = dateProblems(schema);
    }
    if (!problems.isEmpty()) {
      throw new RequestException(
          "Cannot prepare with %s:%n  %s"
              .formatted(config.file(), String.join("%n  ".formatted(), problems)));
    }
    FitPlan fit = FitPlan.of(schema.sourceColumns(), config.features(), columns, config.fit());
    OutputConfig output = config.output();
    return new DatasetJob(
        staging,
        config.source().format(),
        DatasetJob.wanted(schema.sourceColumns(), fit, config.split()),
        fit,
        config.split(),
        new DatasetLayout(
            output.rowGroupRows(),
            output.files(),
            output.codec().text(),
            output.order().equals("shuffled"),
            SHUFFLE_SEED),
        Policies.of(config.rejects()),
        config.rowFeatures().maxUnreadable(),
        new DatasetIdentity(
            config.name(),
            config.datasetHash(),
            schema.hash(),
            now.toString(),
            Version.text(),
            Version.gitCommit(),
            options.getRunner().getSimpleName(),
            DatasetIdentity.hostName()),
        DatasetJob.sourceFolder(source.files()),
        output.keepSource() ? sourceKey(schema) : null,
        List.of(),
        new SourceChoice(source.leftOut()));
  }

  private List<String> dateProblems(SourceSchema schema) {
    String name = config.split().column();
    if (!schema.contains(name)) {
      return List.of(
          "split.column: the source has no column '%s'; its columns are %s"
              .formatted(name, schema.names()));
    }
    if (schema.column(name).type() == ColumnType.DATE) {
      return List.of();
    }
    SchemaColumn column =
        schema.columns().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
    String example = "";
    if (column.seen() != null && !column.seen().widened().isEmpty()) {
      SchemaColumn.Widening first = column.seen().widened().get(0);
      example = "; %s, line %d: %s".formatted(first.file(), first.line(), first.text());
    }
    return List.of(
        "split.column: column '%s' must hold dates in one form (it is %s%s); correct the files, or the schema's type and date-form"
            .formatted(name, column.column().type(), example));
  }

  /** How far: chunks while they are read, then files while they are written. */
  private record Look(Staging staging, List<SourceChunk> chunks) implements ProgressWatch.Look {
    @Override
    public void at(Progress progress) throws IOException {
      List<Integer> read = staging.chunksRead();
      if (read.size() < chunks.size()) {
        long total = chunks.stream().mapToLong(SourceChunk::bytes).sum();
        long done = read.stream().mapToLong(chunk -> chunks.get(chunk).bytes()).sum();
        progress.step("reading the source", done, total, "bytes", "");
      } else {
        progress.step("writing parquet", staging.partsWritten(), 0, "files", "");
      }
    }
  }
}
