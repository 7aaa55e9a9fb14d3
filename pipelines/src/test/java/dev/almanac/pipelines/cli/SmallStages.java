package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.work.Progress;
import dev.almanac.pipelines.work.Stages;
import dev.almanac.training.run.Run;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.encode.FitAccumulator;
import dev.almanac.transforms.encode.FitSteps;
import dev.almanac.transforms.encode.LabelKind;
import dev.almanac.transforms.encode.ModelColumns;
import dev.almanac.transforms.encode.None;
import dev.almanac.transforms.fit.FitPlan;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetFile;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.manifest.SideFile;
import dev.almanac.transforms.manifest.SourceLedger;
import dev.almanac.transforms.parquet.write.ParquetBatchWriter;
import dev.almanac.transforms.parquet.write.ParquetCodec;
import dev.almanac.transforms.parquet.write.ParquetLayout;
import dev.almanac.transforms.parquet.write.WrittenFile;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Stages that read no source: prepare writes a real dataset of made-up rows, {@code y = 3 a - b +}
 * an offset of the category, so that all behind it is the real thing.
 */
final class SmallStages implements Stages {
  private static final List<String> CATEGORIES = List.of("red", "green", "blue");
  private static final List<SourceColumn> SOURCE =
      List.of(
          new SourceColumn("a", ColumnType.DOUBLE, null, false),
          new SourceColumn("b", ColumnType.DOUBLE, null, false),
          new SourceColumn("color", ColumnType.STRING, null, false),
          new SourceColumn("y", ColumnType.DOUBLE, null, false));
  private static final FitPlan PLAN =
      FitPlan.of(
          SOURCE,
          List.of(),
          new ModelColumns(
              "y", LabelKind.REGRESSION, List.of("a", "b"), List.of("color"), List.of()),
          new FitSteps(List.of(new None()), FitSteps.DEFAULT.nominal(), Map.of()));

  final List<String> prepared = Collections.synchronizedList(new ArrayList<>());
  PipelineOptions options;

  @Override
  public void schema(
      AlmanacConfig config, String output, PipelineOptions options, Progress progress)
      throws IOException {
    this.options = options;
    Storage.writeText(output, "{}\n");
  }

  @Override
  public Dataset prepare(
      AlmanacConfig config, Dataset since, PipelineOptions options, Progress progress)
      throws IOException {
    this.options = options;
    String folder =
        Storage.resolve(config.output().dataset(), "20260101T0000%02dZ".formatted(prepared.size()));
    prepared.add(folder);
    FitAccumulator train = PLAN.accumulator();
    train.add(rows(Split.TRAIN));
    FittedTransform transform = PLAN.fit(train);
    transform.write(Storage.resolve(folder, Run.TRANSFORM));
    List<List<DatasetFile>> files = new ArrayList<>();
    for (Split split : Split.values()) {
      files.add(
          List.of(
              write(
                  folder,
                  split,
                  transform.encode(rows(split)),
                  config.output().layout().rowGroupRows())));
    }
    new DatasetManifest(
            DatasetManifest.FORMAT_VERSION,
            config.name(),
            "2026-01-01T00:00:00Z",
            new DatasetManifest.MadeBy("test", null, "direct", "17", null),
            null,
            config.datasetHash(),
            "schema",
            transform.hash(),
            transform.datasetColumns(),
            "shuffled",
            "uncompressed",
            config.output().layout().rowGroupRows(),
            new DatasetManifest.Splits(files.get(0), files.get(1), files.get(2)),
            SourceLedger.empty("all"),
            new DatasetManifest.Rejects(0, List.of(), List.of()),
            List.of(),
            List.of(),
            null,
            null)
        .withSideFiles(SideFile.of(folder, SideFile.pathsIn(folder)))
        .hashed()
        .write(folder);
    return Dataset.open(folder);
  }

  @Override
  public Optional<Dataset> prepared(AlmanacConfig config, Progress progress) {
    return Optional.empty();
  }

  @Override
  public Predicted predict(
      AlmanacConfig config,
      String run,
      List<String> inputs,
      String output,
      PipelineOptions options,
      Progress progress)
      throws IOException {
    this.options = options;
    Run.open(run);
    return new Predicted(output, inputs.size(), 0);
  }

  @Override
  public String report(String run, String datasets, Progress progress) throws IOException {
    String path = Storage.resolve(run, "report.html");
    Storage.writeText(path, "<!doctype html>\n");
    return path;
  }

  private static ColumnBatch rows(Split split) {
    int rows = split == Split.TRAIN ? 2000 : 500;
    Random random = new Random(split.ordinal());
    double[] a = new double[rows];
    double[] b = new double[rows];
    int[] color = new int[rows];
    double[] y = new double[rows];
    for (int row = 0; row < rows; row++) {
      a[row] = random.nextGaussian();
      b[row] = random.nextGaussian();
      color[row] = random.nextInt(CATEGORIES.size());
      y[row] = 10 + 3 * a[row] - b[row] + 2 * (color[row] - 1);
    }
    return ColumnBatch.of(
        TableSchema.of(SOURCE.stream().map(SourceColumn::field).toList()),
        DoubleColumn.of(a),
        DoubleColumn.of(b),
        new StringColumn(color, CATEGORIES),
        DoubleColumn.of(y));
  }

  private static DatasetFile write(
      String folder, Split split, ColumnBatch encoded, int rowGroupRows) throws IOException {
    String name = "%s/part-00000-of-00001.parquet".formatted(split);
    try (ParquetBatchWriter writer =
        ParquetBatchWriter.create(
            Storage.resolve(folder, name),
            encoded.schema(),
            ParquetLayout.of(rowGroupRows, ParquetCodec.UNCOMPRESSED))) {
      writer.write(encoded);
      WrittenFile written = writer.finish();
      return new DatasetFile(
          name, written.rows(), written.rowGroups(), written.bytes(), written.sha256());
    }
  }
}
