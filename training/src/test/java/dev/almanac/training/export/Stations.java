package dev.almanac.training.export;

import dev.almanac.training.Problem;
import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.objective.Task;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunContext;
import dev.almanac.training.train.Training;
import dev.almanac.transforms.analyze.FitAccumulator;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnAppender;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.DoubleAppender;
import dev.almanac.transforms.column.LongAppender;
import dev.almanac.transforms.column.StringAppender;
import dev.almanac.transforms.encode.Clip;
import dev.almanac.transforms.encode.FitSteps;
import dev.almanac.transforms.encode.ImputeConstant;
import dev.almanac.transforms.encode.ImputeMean;
import dev.almanac.transforms.encode.ImputeMedian;
import dev.almanac.transforms.encode.Index;
import dev.almanac.transforms.encode.LabelKind;
import dev.almanac.transforms.encode.MinMax;
import dev.almanac.transforms.encode.ModelColumns;
import dev.almanac.transforms.encode.NominalStep;
import dev.almanac.transforms.encode.None;
import dev.almanac.transforms.encode.QuantileBins;
import dev.almanac.transforms.encode.RobustScale;
import dev.almanac.transforms.encode.Standardize;
import dev.almanac.transforms.encode.Step;
import dev.almanac.transforms.feature.DatePart;
import dev.almanac.transforms.feature.DateParts;
import dev.almanac.transforms.feature.RowFeature;
import dev.almanac.transforms.fit.FitPlan;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetFile;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.manifest.RowCounts;
import dev.almanac.transforms.manifest.SideFile;
import dev.almanac.transforms.parquet.write.ParquetBatchWriter;
import dev.almanac.transforms.parquet.write.ParquetCodec;
import dev.almanac.transforms.parquet.write.ParquetLayout;
import dev.almanac.transforms.parquet.write.WrittenFile;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.text.DateForm;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Invented days of stations with a column for each kind of encoder, nulls in all of them but {@code
 * sun}, and runs trained on them.
 */
final class Stations {
  static final long WITH_UNSEEN = 10;

  private static final List<SourceColumn> SOURCE =
      List.of(
          new SourceColumn("day", ColumnType.DATE, DateForm.ISO, false),
          new SourceColumn("rain", ColumnType.LONG, null, true),
          new SourceColumn("wind", ColumnType.DOUBLE, null, true),
          new SourceColumn("height", ColumnType.DOUBLE, null, true),
          new SourceColumn("sun", ColumnType.DOUBLE, null, false),
          new SourceColumn("station name", ColumnType.STRING, null, true),
          new SourceColumn("code", ColumnType.LONG, null, true),
          new SourceColumn("level", ColumnType.DOUBLE, null, true),
          new SourceColumn("depth", ColumnType.DOUBLE, null, true),
          new SourceColumn("week", ColumnType.DATE, DateForm.ISO, true),
          new SourceColumn("y", ColumnType.DOUBLE, null, false),
          new SourceColumn("pair", ColumnType.STRING, null, false),
          new SourceColumn("kind", ColumnType.STRING, null, false));

  static final List<RowFeature> FEATURES =
      List.of(new DateParts("day", DatePart.MONTH_SIN, DatePart.MONTH_COS));

  private static final FitSteps STEPS =
      new FitSteps(
          List.of(new None()),
          FitSteps.DEFAULT.nominal(),
          Map.of(
              "rain", List.of(new ImputeConstant(3, true), new MinMax()),
              "wind", List.of(new ImputeMean(false), new Standardize(1), new Clip(1.5)),
              "height", List.of(new ImputeMedian(true), new RobustScale()),
              "station name", List.of(new Index(2L, 30)),
              "depth", List.of(new QuantileBins(7))));

  private Stations() {}

  /** Every kind of encoder, and columns that a row-wise feature makes. */
  static FitPlan plan(Task task) {
    return plan(
        task,
        FEATURES,
        List.of("rain", "wind", "height"),
        List.of("station name", "code", "level", "depth", "week"));
  }

  /** The same with a step for every category in place of its own. */
  static FitPlan plan(Task task, NominalStep step) {
    List<String> nominal = List.of("station name", "code", "level", "week");
    return FitPlan.of(
        SOURCE,
        FEATURES,
        new ModelColumns(
            label(task), LabelKind.valueOf(task.name()), List.of("wind"), nominal, List.of()),
        new FitSteps(
            FitSteps.DEFAULT.numeric(),
            List.of(step),
            Map.of("wind", STEPS.columns().get("wind"))));
  }

  static FitPlan plan(
      Task task, List<RowFeature> features, List<String> numeric, List<String> nominal) {
    LabelKind kind = LabelKind.valueOf(task.name());
    Map<String, List<Step>> steps = new HashMap<>(STEPS.columns());
    steps.keySet().removeIf(column -> !numeric.contains(column) && !nominal.contains(column));
    return FitPlan.of(
        SOURCE,
        features,
        new ModelColumns(label(task), kind, numeric, nominal, List.of()),
        new FitSteps(STEPS.numeric(), STEPS.nominal(), steps));
  }

  private static String label(Task task) {
    return switch (task) {
      case REGRESSION -> "y";
      case BINARY -> "pair";
      case MULTICLASS -> "kind";
    };
  }

  static FittedTransform fitted(FitPlan plan) {
    FitAccumulator train = plan.accumulator();
    train.add(plan.features().apply(rows(3000, 1)));
    return plan.fit(train);
  }

  /** Rows of a seed; those of {@link #WITH_UNSEEN} have categories that others have not. */
  static ColumnBatch rows(int rows, long seed) {
    Random random = new Random(seed);
    int more = seed == WITH_UNSEEN ? 3 : 0;
    List<ColumnAppender> columns =
        SOURCE.stream().map(column -> ColumnAppender.of(column.type())).toList();
    for (int row = 0; row < rows; row++) {
      int station = random.nextInt(12 + more);
      int code = random.nextInt(6 + more);
      int level = random.nextInt(5 + more);
      double wind = Math.exp(random.nextGaussian());
      double depth = random.nextGaussian();
      long rain = random.nextInt(90);
      double y = 100 + 9 * Math.log(wind) - rain / 9.0 + station - 3 * code * depth;
      List<Object> cells =
          List.of(
              (long) random.nextInt(20_000),
              rain,
              wind,
              100 * random.nextGaussian(),
              random.nextDouble(),
              station < 2 ? (station == 0 ? "7" : "07") : "Stätte " + station,
              code * (1L << 60) / 8 + code,
              (level - 2) * 0.3,
              depth,
              7L * random.nextInt(9 + more),
              y + random.nextGaussian(),
              y < 95 ? "low" : "high",
              y < 90 ? "cold" : y < 105 ? "fine" : "hot");
      for (int i = 0; i < cells.size(); i++) {
        boolean missing = SOURCE.get(i).nullable() && random.nextInt(8) == 0;
        append(columns.get(i), missing ? null : cells.get(i));
      }
    }
    return batch(columns, rows);
  }

  /** Rows that hold each number in every numeric column, and nothing else. */
  static ColumnBatch numbers(double... numbers) {
    List<ColumnAppender> columns = new ArrayList<>();
    for (SourceColumn source : SOURCE) {
      ColumnAppender appender = ColumnAppender.of(source.type());
      for (double number : numbers) {
        boolean holds = source.type() == ColumnType.DOUBLE || source.name().equals("rain");
        Object cell =
            holds
                ? source.type() == ColumnType.DOUBLE ? (Object) number : (Object) (long) number
                : source.nullable() ? null : source.type() == ColumnType.DATE ? 0L : "x";
        append(appender, cell);
      }
      columns.add(appender);
    }
    return batch(columns, numbers.length);
  }

  private static ColumnBatch batch(List<ColumnAppender> appenders, int rows) {
    List<Column> columns = new ArrayList<>();
    appenders.forEach(appender -> columns.add(appender.build()));
    return new ColumnBatch(SourceColumn.schema(SOURCE), columns, rows);
  }

  private static void append(ColumnAppender appender, Object cell) {
    if (cell == null) {
      appender.appendNull();
    } else if (appender instanceof LongAppender integers) {
      integers.append((Long) cell);
    } else if (appender instanceof DoubleAppender numbers) {
      numbers.append((Double) cell);
    } else {
      ((StringAppender) appender).append((String) cell);
    }
  }

  /** A dataset of these rows in a folder. */
  static Dataset dataset(Path folder, FitPlan plan) throws IOException {
    FittedTransform transform = fitted(plan);
    transform.write(folder.resolve(Run.TRANSFORM).toString());
    List<List<DatasetFile>> files = new ArrayList<>();
    for (Split split : Split.values()) {
      ColumnBatch rows = plan.features().apply(rows(split == Split.TRAIN ? 3000 : 600, 1));
      files.add(List.of(write(folder, split, transform.encode(rows))));
    }
    DatasetManifest.of(
            "stations",
            new DatasetManifest.Made(
                "2026-01-01T00:00:00Z",
                new DatasetManifest.MadeBy("test", null, "direct", "17", null)),
            DatasetManifest.Hashes.of("config", "schema", transform.hash()),
            transform.datasetColumns(),
            new DatasetManifest.ParquetFiles(
                "shuffled",
                "uncompressed",
                1000,
                new DatasetManifest.Splits(files.get(0), files.get(1), files.get(2))),
            new DatasetManifest.Source(
                List.of(),
                RowCounts.NONE,
                new DatasetManifest.Rejects(0, List.of(), List.of()),
                List.of()))
        .withSideFiles(SideFile.of(folder.toString(), SideFile.pathsIn(folder.toString())))
        .hashed()
        .write(folder.toString());
    return Dataset.open(folder.toString());
  }

  private static DatasetFile write(Path folder, Split split, ColumnBatch encoded)
      throws IOException {
    String name = "%s/part-00000-of-00001.parquet".formatted(split);
    try (ParquetBatchWriter writer =
        ParquetBatchWriter.create(
            Storage.resolve(folder.toString(), name),
            encoded.schema(),
            ParquetLayout.of(1000, ParquetCodec.UNCOMPRESSED))) {
      writer.write(encoded);
      WrittenFile written = writer.finish();
      return new DatasetFile(
          name, written.rows(), written.rowGroups(), written.bytes(), written.sha256());
    }
  }

  /**
   * A run of two epochs.
   *
   * @param model the {@code model:} section of a config
   */
  static Run run(Path folder, Dataset dataset, Task task, String model) throws IOException {
    TrainConfig config =
        Problem.changed(Problem.config(task, model, "adam", 0.003, 2), "{\"device\": \"cpu\"}");
    return Training.run(dataset, config, RunContext.of(folder.resolve("runs").toString()));
  }
}
