package dev.almanac.pipelines.work.prepare;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.OutputConfig;
import dev.almanac.pipelines.work.CancelledException;
import dev.almanac.pipelines.work.PipelineRun;
import dev.almanac.pipelines.work.Progress;
import dev.almanac.pipelines.work.Version;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.schema.SchemaNotices;
import dev.almanac.pipelines.work.schema.SchemaPipeline;
import dev.almanac.pipelines.work.source.SinceDataset;
import dev.almanac.pipelines.work.source.SourceFiles;
import dev.almanac.pipelines.work.source.SourceSigns;
import dev.almanac.transforms.beam.PrepareDataset;
import dev.almanac.transforms.fit.FitPlan;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.problem.Count;
import dev.almanac.transforms.problem.Notice;
import dev.almanac.transforms.problem.Problems;
import dev.almanac.transforms.problem.RequestException;
import dev.almanac.transforms.reuse.KeptTypes;
import dev.almanac.transforms.schema.ColumnRoles;
import dev.almanac.transforms.schema.SchemaFile;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.SourceSchema;
import dev.almanac.transforms.source.SourceChoice;
import dev.almanac.transforms.source.SourceChunk;
import dev.almanac.transforms.source.SourceFolder;
import dev.almanac.transforms.staging.ChunkTask;
import dev.almanac.transforms.staging.DatasetIdentity;
import dev.almanac.transforms.staging.DatasetJob;
import dev.almanac.transforms.staging.DatasetSource;
import dev.almanac.transforms.staging.Staging;
import dev.almanac.transforms.staging.StagingHold;
import dev.almanac.transforms.staging.Tolerance;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;

/** From a config to a dataset: the schema, a plan, one pipeline. */
final class PreparePipeline {
  private final AlmanacConfig config;
  private final Dataset since;
  private final PipelineOptions options;
  private final Watch watch;
  private final Version version = Version.here();

  /**
   * @param since an earlier dataset whose kept source is reused; null to read every file
   */
  PreparePipeline(AlmanacConfig config, Dataset since, PipelineOptions options, Watch watch) {
    this.config = config;
    this.since = since;
    this.options = options;
    this.watch = watch;
  }

  Dataset run() throws IOException, RequestException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    SourceFiles source =
        SourceFiles.find(config.source().files(), config.source().duplicates(), "source.files");
    List<StoredFile> files = source.files();
    boolean given = config.schema() != null && Storage.exists(config.schema());
    SourceSchema schema = given ? SchemaFile.read(config.schema()) : null;
    FitPlan fit = given ? plan(source, schema) : null;
    Staging.sweep(config.output().dataset(), DatasetManifest.FILE).forEach(watch::line);
    StagingHold hold = Staging.begin(config.output().dataset(), now, DatasetManifest.FILE);
    Staging staging = hold.staging();
    try {
      List<SourceChunk> chunks = SourceChunk.split(files, config.source().format());
      SinceDataset earlier =
          since == null ? null : SinceDataset.compare(since, chunks, staging, options, watch);
      if (!given) {
        schema = inferred(files, earlier, staging);
        fit = plan(source, schema);
      }
      SchemaFile.write(schema, staging.staged().schema());
      DatasetJob job = job(source, schema, fit, staging, now);
      if (config.schema() != null && !given) {
        // Only now: a schema that does not suit the config would be enforced the next time.
        SchemaFile.write(schema, config.schema());
        watch.line("wrote the schema to %s; it is enforced from now on".formatted(config.schema()));
      }
      List<ChunkTask> tasks =
          earlier == null
              ? chunks.stream().map(ChunkTask::of).toList()
              : earlier.reused(sourceKey(schema), watch);
      watch.line(
          String.format(
              Locale.ROOT,
              "preparing %s (%,d bytes) on %s",
              Count.of(files.size(), "file"),
              files.stream().mapToLong(StoredFile::bytes).sum(),
              job.identity().runner()));
      Pipeline pipeline = Pipeline.create(options);
      pipeline.apply("Prepare", PrepareDataset.of(job, tasks));
      PipelineRun.of(
          pipeline,
          watch,
          Storage.resolve(staging.dataset(), DatasetManifest.FILE),
          new Look(staging, chunks));
      return Dataset.open(staging.dataset());
    } catch (CancelledException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // What went wrong may be that the files are written in another way.
      SourceSigns.in(files, config.source().format(), asked(), column -> true)
          .forEach(sign -> watch.line("note: " + sign));
      throw e;
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
            version.almanac(),
            version.gitCommit() == null ? "" : version.gitCommit()));
  }

  private SourceSchema inferred(List<StoredFile> files, SinceDataset earlier, Staging staging)
      throws IOException, RequestException {
    boolean keeps = config.schema() == null && config.output().keepSource();
    return SchemaPipeline.run(
        config.source(),
        files,
        staging.staged().schema(),
        SchemaPipeline.roles(config),
        keeps ? KeptTypes.in(staging.folder()) : null,
        earlier,
        options,
        watch);
  }

  /** What is to be learned, of the columns that there are. */
  private FitPlan plan(SourceFiles source, SourceSchema schema) throws RequestException {
    Problems problems = new Problems();
    Optional<FitPlan> plan = config.plan(schema.sourceColumns(), problems);
    if (plan.isPresent()) {
      return plan.get();
    }
    List<String> told = new ArrayList<>(config.placed(problems));
    told.addAll(SchemaNotices.evidence(schema, SchemaPipeline.roles(config)));
    SourceSigns.in(source.files(), config.source().format(), asked(), column -> true)
        .forEach(sign -> told.add(sign.toString()));
    throw new RequestException(
        "Cannot prepare with %s:%n  %s"
            .formatted(config.file(), String.join("%n  ".formatted(), told)));
  }

  private DatasetJob job(
      SourceFiles source, SourceSchema schema, FitPlan fit, Staging staging, Instant now) {
    String folder = SourceFolder.of(source.files());
    OutputConfig output = config.output();
    List<SourceColumn> wanted = DatasetSource.wanted(schema.sourceColumns(), fit, config.split());
    Set<String> names = wanted.stream().map(SourceColumn::source).collect(Collectors.toSet());
    List<Notice> notices =
        new ArrayList<>(SchemaNotices.of(schema, SchemaPipeline.roles(config), folder));
    notices.addAll(
        SourceSigns.in(source.files(), config.source().format(), asked(), names::contains));
    notices.addAll(source.beside());
    return new DatasetJob(
        staging,
        new DatasetSource(
            config.source().format(), wanted, folder, new SourceChoice(source.leftOut()), notices),
        fit,
        config.split(),
        output.layout(),
        new Tolerance(config.rejects(), config.maxUnreadable(), config.unknownClasses()),
        new DatasetIdentity(
            config.name(),
            config.datasetHash(),
            schema.hash(),
            now.toString(),
            version.almanac(),
            version.gitCommit(),
            options.getRunner().getSimpleName(),
            DatasetIdentity.hostName()),
        output.keepSource() ? sourceKey(schema) : null);
  }

  /** The names of columns that the config asks for. */
  private Set<String> asked() {
    return SchemaPipeline.roles(config).roles().stream()
        .map(ColumnRoles.Role::column)
        .collect(Collectors.toSet());
  }

  /** How far: chunks while they are read, then files while they are written. */
  private record Look(Staging staging, List<SourceChunk> chunks) implements PipelineRun.Look {
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
