package dev.almanac.pipelines.report;

import dev.almanac.training.objective.Task;
import dev.almanac.training.run.RunOutcome;
import dev.almanac.training.score.PredictionColumns;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.manifest.RowCounts;
import dev.almanac.transforms.manifest.SourceLedger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Days of weather stations with temperatures that go with the season, and predictions of them that
 * are worse for some stations and months than for others.
 */
public final class StationRows {
  private final List<String> stations;
  private final SplittableRandom random = new SplittableRandom(7);
  private final List<Row> rows = new ArrayList<>();

  private record Row(double label, double prediction, double linear) {}

  private StationRows(List<String> stations) {
    this.stations = List.copyOf(stations);
  }

  /** The given names, then more in the form of GHCN-Daily. */
  public static List<String> names(int count, String... first) {
    List<String> names = new ArrayList<>(List.of(first));
    while (names.size() < count) {
      names.add("USC%08d".formatted(10_000 + 3_571 * names.size()));
    }
    return names;
  }

  /** A run that predicts the highest temperature of each day, in tenths of a degree. */
  public static RunFixture.Contents temperatures(
      List<String> stations, LocalDate from, LocalDate until) {
    return new StationRows(stations).contents(from, until);
  }

  private RunFixture.Contents contents(LocalDate from, LocalDate until) {
    int days = (int) (until.toEpochDay() - from.toEpochDay());
    FittedTransform transform = FixtureFit.ofTemperatures(stations);
    List<ColumnBatch> parts =
        List.of(part(from, days / 2), part(from.plusDays(days / 2), days - days / 2));
    double trainMean = transform.label().statistics().mean();
    Map<String, RunOutcome.Baseline> baselines = new LinkedHashMap<>();
    baselines.put(
        "training-mean", new RunOutcome.Baseline("the same always", metrics(row -> trainMean)));
    baselines.put("linear", new RunOutcome.Baseline("a line", metrics(Row::linear)));
    return new RunFixture.Contents(
        Task.REGRESSION,
        transform,
        parts,
        metrics(Row::prediction),
        baselines,
        ledgers(stations, days));
  }

  private ColumnBatch part(LocalDate from, int days) {
    int count = days * stations.size();
    int[] station = new int[count];
    long[] date = new long[count];
    float[] label = new float[count];
    double[] prediction = new double[count];
    double[] linear = new double[count];
    for (int row = 0; row < count; row++) {
      station[row] = row % stations.size();
      LocalDate day = from.plusDays(row / stations.size());
      date[row] = day.toEpochDay();
      label[row] =
          (float) Math.rint(FixtureFit.season(station[row], day) + 40 * FixtureFit.normal(random));
      double winter = Math.cos(2 * Math.PI * (day.getDayOfYear() - 15) / 365.25);
      double spread = 24 + 7 * winter + 22 * Math.pow(station[row] % 13 / 12.0, 4);
      double bias = -3 + 5 * winter + 6 * Math.sin(station[row]);
      prediction[row] = label[row] + bias + spread * FixtureFit.normal(random);
      linear[row] = label[row] + 42 * FixtureFit.normal(random);
      rows.add(new Row(label[row], prediction[row], linear[row]));
    }
    return ColumnBatch.of(
        TableSchema.of(
            Field.required("keep.STATION", ColumnType.STRING),
            Field.required("keep.DATE", ColumnType.DATE),
            Field.required("TMAX", ColumnType.FLOAT32),
            Field.required(PredictionColumns.PREDICTION, ColumnType.DOUBLE),
            Field.required(PredictionColumns.LINEAR_PREDICTION, ColumnType.DOUBLE)),
        new StringColumn(station, stations),
        LongColumn.dates(date),
        new FloatColumn(label),
        DoubleColumn.of(prediction),
        DoubleColumn.of(linear));
  }

  private Map<String, Double> metrics(ToDoubleFunction<Row> predicted) {
    double mean = rows.stream().mapToDouble(Row::label).average().orElseThrow();
    double absolute = 0;
    double squared = 0;
    double spread = 0;
    for (Row row : rows) {
      double error = predicted.applyAsDouble(row) - row.label();
      absolute += Math.abs(error);
      squared += error * error;
      spread += (row.label() - mean) * (row.label() - mean);
    }
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("mae", absolute / rows.size());
    metrics.put("rmse", Math.sqrt(squared / rows.size()));
    metrics.put("r2", 1 - squared / spread);
    return metrics;
  }

  /** A file a station, each with as many test rows as there are days. */
  public static List<SourceLedger> ledgers(List<String> stations, int days) {
    List<SourceLedger> ledgers = new ArrayList<>();
    for (int i = 0; i < stations.size(); i++) {
      long train = 3L * days + 7L * i % 50;
      long validation = days / 5;
      long outside = i % 4 == 0 ? days : 3;
      long dropped = 11L * (i % 6);
      long rejected = i % 9 == 2 ? 5 + i : 0;
      long read = train + validation + days + outside + dropped + rejected;
      ledgers.add(
          SourceLedger.of(
              "data/" + stations.get(i) + ".csv.gz",
              14 * read,
              null,
              new RowCounts(read, train, validation, days, outside, dropped, rejected)));
    }
    return ledgers;
  }
}
