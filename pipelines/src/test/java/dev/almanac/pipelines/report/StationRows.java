package dev.almanac.pipelines.report;

import dev.almanac.training.run.PredictionColumns;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.run.Task;
import dev.almanac.transforms.artifact.FitPlan;
import dev.almanac.transforms.artifact.FittedTransform;
import dev.almanac.transforms.artifact.SourceLedger;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.column.Validity;
import dev.almanac.transforms.encode.FitAccumulator;
import dev.almanac.transforms.encode.FitSteps;
import dev.almanac.transforms.encode.LabelKind;
import dev.almanac.transforms.encode.ModelColumns;
import dev.almanac.transforms.feature.DatePart;
import dev.almanac.transforms.feature.DateParts;
import dev.almanac.transforms.schema.DateForm;
import dev.almanac.transforms.schema.SourceColumn;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Days of weather stations with temperatures that go with the season, predictions of them that are
 * worse for some stations and months than for others, and the fit of a few years before.
 */
final class StationRows {
  private static final LocalDate TRAIN_FROM = LocalDate.of(2010, 1, 1);

  private static final List<SourceColumn> SOURCE =
      List.of(
          new SourceColumn("STATION", ColumnType.STRING, null, false),
          new SourceColumn("DATE", ColumnType.DATE, DateForm.of("yyyy-MM-dd"), false),
          new SourceColumn("TMAX", ColumnType.LONG, null, true),
          new SourceColumn("TMIN", ColumnType.LONG, null, true),
          new SourceColumn("PRCP", ColumnType.LONG, null, true),
          new SourceColumn("ELEVATION", ColumnType.DOUBLE, null, true));

  private final List<String> stations;
  private final SplittableRandom random = new SplittableRandom(7);
  private final LabelKind kind;
  private final List<String> classes;

  private StationRows(List<String> stations, LabelKind kind, List<String> classes) {
    this.stations = List.copyOf(stations);
    this.kind = kind;
    this.classes = classes;
  }

  /** Names in the form of GHCN-Daily, and some that mean mischief. */
  static List<String> names(int count, String... more) {
    List<String> names = new ArrayList<>(List.of(more));
    while (names.size() < count) {
      names.add("USC%08d".formatted(10_000 + 3_571 * names.size()));
    }
    return names;
  }

  /** Contents of a run that predicts the highest temperature in tenths of a degree. */
  static RunFixture.Contents temperatures(List<String> stations, LocalDate from, LocalDate until) {
    return new StationRows(stations, LabelKind.REGRESSION, null).numbers(from, until);
  }

  /** Contents of a run that predicts one of these classes. */
  static RunFixture.Contents weather(
      List<String> stations, List<String> classes, LocalDate from, LocalDate until) {
    LabelKind kind = classes.size() == 2 ? LabelKind.BINARY : LabelKind.MULTICLASS;
    return new StationRows(stations, kind, classes).classes(from, until);
  }

  private double season(int station, LocalDate day) {
    double mean = 90 + 17 * (station % 11);
    return mean - 130 * Math.cos(2 * Math.PI * (day.getDayOfYear() - 15) / 365.25);
  }

  private double normal() {
    double angle = 2 * Math.PI * random.nextDouble();
    return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(angle);
  }

  private FittedTransform fit() {
    FitPlan plan =
        FitPlan.of(
            SOURCE,
            List.of(new DateParts("DATE", DatePart.of("day-of-year-sin"), DatePart.of("day-of-year-cos"))),
            new ModelColumns(
                kind.isClasses() ? "weather" : "TMAX",
                kind,
                List.of("PRCP", "TMIN", "ELEVATION"),
                List.of("STATION"),
                List.of("STATION", "DATE")),
            FitSteps.DEFAULT);
    FitAccumulator train = plan.accumulator();
    train.add(plan.features().apply(trainRows()));
    return plan.fit(train);
  }

  private ColumnBatch trainRows() {
    int days = 730;
    int rows = days * stations.size();
    int[] station = new int[rows];
    long[] date = new long[rows];
    long[] high = new long[rows];
    long[] low = new long[rows];
    long[] rain = new long[rows];
    double[] elevation = new double[rows];
    long[] rainKnown = new long[(rows + 63) / 64];
    for (int row = 0; row < rows; row++) {
      station[row] = row % stations.size();
      LocalDate day = TRAIN_FROM.plusDays(row / stations.size());
      date[row] = day.toEpochDay();
      high[row] = Math.round(season(station[row], day) + 40 * normal());
      low[row] = high[row] - 60 - Math.round(40 * random.nextDouble());
      rain[row] = random.nextDouble() < 0.7 ? 0 : Math.round(-85 * Math.log(random.nextDouble()));
      elevation[row] = 10 + 71.5 * (station[row] % 23);
      if (random.nextDouble() < 0.93) {
        rainKnown[row >>> 6] |= 1L << row;
      }
    }
    return ColumnBatch.of(
        TableSchema.of(SOURCE.stream().map(SourceColumn::field).toList()),
        new StringColumn(station, stations),
        LongColumn.of(date),
        LongColumn.of(high),
        LongColumn.of(low),
        new LongColumn(rain, Validity.of(rows, rainKnown)),
        DoubleColumn.of(elevation));
  }

  private List<SourceLedger> ledgers(int days) {
    List<SourceLedger> ledgers = new ArrayList<>();
    for (int i = 0; i < stations.size(); i++) {
      long train = 3 * days - 7L * i % 50;
      long validation = days / 5;
      long outside = i % 4 == 0 ? days : 3;
      long dropped = 11L * (i % 6);
      long rejected = i % 9 == 2 ? 5 + i : 0;
      long read = train + validation + days + outside + dropped + rejected;
      ledgers.add(
          new SourceLedger(
              "data/" + stations.get(i) + ".csv.gz",
              14 * read,
              read,
              train,
              validation,
              days,
              outside,
              dropped,
              rejected));
    }
    return ledgers;
  }

  private RunFixture.Contents numbers(LocalDate from, LocalDate until) {
    int days = (int) (until.toEpochDay() - from.toEpochDay());
    List<ColumnBatch> parts = new ArrayList<>();
    List<double[]> rows = new ArrayList<>();
    FittedTransform transform = weatherless();
    for (int first = 0; first < days; first += Math.max(1, days / 2)) {
      int partDays = Math.min(Math.max(1, days / 2), days - first);
      parts.add(numbers(from.plusDays(first), partDays, rows));
    }
    Map<String, Double> mean = new LinkedHashMap<>();
    Map<String, Double> linear = new LinkedHashMap<>();
    double trainMean = transform.label().statistics().mean();
    return new RunFixture.Contents(
        Task.REGRESSION,
        transform,
        parts,
        metrics(rows, row -> row[1]),
        baselines(
            "training-mean",
            fill(mean, metrics(rows, row -> trainMean)),
            fill(linear, metrics(rows, row -> row[1] + 0.22 * (row[1] - row[0]) + 0.09 * row[2]))),
        ledgers(days));
  }

  private FittedTransform weatherless() {
    return fit();
  }

  private static Map<String, Double> fill(Map<String, Double> into, Map<String, Double> values) {
    into.putAll(values);
    return into;
  }

  private static Map<String, RunRecord.Baseline> baselines(
      String prior, Map<String, Double> priorMetrics, Map<String, Double> linear) {
    Map<String, RunRecord.Baseline> baselines = new LinkedHashMap<>();
    baselines.put(prior, new RunRecord.Baseline("the same for every row", priorMetrics));
    baselines.put("linear", new RunRecord.Baseline("a linear model", linear));
    return baselines;
  }

  private ColumnBatch numbers(LocalDate from, int days, List<double[]> known) {
    int rows = days * stations.size();
    int[] station = new int[rows];
    long[] date = new long[rows];
    float[] label = new float[rows];
    double[] prediction = new double[rows];
    for (int row = 0; row < rows; row++) {
      station[row] = row % stations.size();
      LocalDate day = from.plusDays(row / stations.size());
      date[row] = day.toEpochDay();
      double winter = Math.cos(2 * Math.PI * (day.getDayOfYear() - 15) / 365.25);
      label[row] = (float) Math.rint(season(station[row], day) + 40 * normal());
      double spread = 24 + 7 * winter + 22 * Math.pow(station[row] % 13 / 12.0, 4);
      double bias = -3 + 5 * winter + 6 * Math.sin(station[row]);
      prediction[row] = label[row] + bias + spread * normal();
      known.add(new double[] {label[row], prediction[row], 320 * normal()});
    }
    return ColumnBatch.of(
        TableSchema.of(
            Field.required("keep.STATION", ColumnType.STRING),
            Field.required("keep.DATE", ColumnType.DATE),
            Field.required("TMAX", ColumnType.FLOAT32),
            Field.required(PredictionColumns.PREDICTION, ColumnType.DOUBLE)),
        new StringColumn(station, stations),
        LongColumn.of(date),
        new FloatColumn(label),
        DoubleColumn.of(prediction));
  }

  private static Map<String, Double> metrics(
      List<double[]> rows, java.util.function.ToDoubleFunction<double[]> predicted) {
    double mean = rows.stream().mapToDouble(row -> row[0]).average().orElseThrow();
    double absolute = 0;
    double squared = 0;
    double spread = 0;
    for (double[] row : rows) {
      double error = predicted.applyAsDouble(row) - row[0];
      absolute += Math.abs(error);
      squared += error * error;
      spread += (row[0] - mean) * (row[0] - mean);
    }
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("mae", absolute / rows.size());
    metrics.put("rmse", Math.sqrt(squared / rows.size()));
    metrics.put("r2", 1 - squared / spread);
    return metrics;
  }
}
