package dev.almanac.pipelines.work.schema;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.SourceConfig;
import dev.almanac.pipelines.work.PipelineRun;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.source.SinceDataset;
import dev.almanac.pipelines.work.source.SourceFiles;
import dev.almanac.transforms.beam.InferSchema;
import dev.almanac.transforms.fit.SourceRoles;
import dev.almanac.transforms.problem.Count;
import dev.almanac.transforms.problem.RequestException;
import dev.almanac.transforms.reuse.KeptTypes;
import dev.almanac.transforms.schema.ColumnRoles;
import dev.almanac.transforms.schema.SchemaColumn;
import dev.almanac.transforms.schema.SchemaFile;
import dev.almanac.transforms.schema.SourceSchema;
import dev.almanac.transforms.schema.infer.TypeInference;
import dev.almanac.transforms.source.FolderColumns;
import dev.almanac.transforms.source.SourceChunk;
import dev.almanac.transforms.source.SourceFormat;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;

/** Infers the schema of source files in one pass on the chosen engine. */
public final class SchemaPipeline {
  /** Lines that a person still reads. */
  private static final int NOTES = 50;

  private SchemaPipeline() {}

  /** Writes the schema file and returns what it says. */
  public static SourceSchema run(
      SourceConfig source,
      List<StoredFile> files,
      String output,
      ColumnRoles roles,
      PipelineOptions options,
      Watch watch)
      throws IOException, RequestException {
    return run(source, files, output, roles, null, null, options, watch);
  }

  /**
   * What a config asks of the columns of its source; nothing of any when it does not say what they
   * are.
   */
  public static ColumnRoles roles(AlmanacConfig config) {
    return config.columns() == null
        ? ColumnRoles.none()
        : SourceRoles.of(
            config.features(),
            config.columns(),
            config.split() == null ? null : config.split().column());
  }

  /**
   * The same, keeping the types of each file for later.
   *
   * @param kept null to keep none
   * @param earlier whose kept types are used: files that did not change since are not read; or null
   */
  public static SourceSchema run(
      SourceConfig source,
      List<StoredFile> files,
      String output,
      ColumnRoles roles,
      KeptTypes kept,
      SinceDataset earlier,
      PipelineOptions options,
      Watch watch)
      throws IOException, RequestException {
    Storage.checkWritable(output);
    SourceFormat format = SourceFiles.format(files, "source.files");
    if (format.bringsSchema()) {
      SourceSchema brought = format.schema(files, source.format(), roles);
      SchemaFile.write(brought, output);
      say(brought, watch);
      return brought;
    }
    List<StoredFile> unknown = new ArrayList<>(files);
    TypeInference known =
        kept == null || earlier == null ? TypeInference.none() : earlier.types(kept, unknown);
    if (unknown.isEmpty()) {
      known.requireRows();
      SchemaFile.write(known.conclude(roles), output);
    } else {
      watch.line(
          "inferring the schema of %s%s"
              .formatted(
                  Count.of(files.size(), "file"),
                  unknown.size() < files.size() ? ", reading %s".formatted(unknown.size()) : ""));
      Pipeline pipeline = Pipeline.create(options);
      pipeline.apply(
          "Infer schema",
          InferSchema.of(SourceChunk.cut(unknown), source.format(), output)
              .withKnown(known)
              .withRoles(roles)
              .keeping(kept));
      PipelineRun.of(pipeline, watch);
    }
    if (kept != null) {
      kept.gather();
    }
    SourceSchema inferred = SchemaFile.read(output);
    SourceSchema schema = FolderColumns.in(inferred, files, roles);
    if (schema != inferred) {
      SchemaFile.write(schema, output);
    }
    say(schema, watch);
    return schema;
  }

  private static void say(SourceSchema schema, Watch watch) {
    List<SchemaColumn> noted =
        schema.columns().stream()
            .filter(column -> column.seen() != null && column.seen().note() != null)
            .toList();
    for (SchemaColumn column : noted.subList(0, Math.min(NOTES, noted.size()))) {
      watch.line("schema: column '%s': %s".formatted(column.name(), column.seen().note()));
    }
    if (noted.size() > NOTES) {
      watch.line(
          "schema: %s a note"
              .formatted(Count.of(noted.size() - NOTES, "more column has", "more columns have")));
    }
  }
}
