package dev.almanac.pipelines.report.measure;

import dev.almanac.pipelines.report.FixtureFit;
import dev.almanac.pipelines.report.RunFixture;
import dev.almanac.pipelines.report.StationRows;
import dev.almanac.training.objective.Task;
import dev.almanac.training.run.RunOutcome;
import dev.almanac.training.score.PredictionColumns;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.column.TableSchema;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Days of weather stations with a class of weather each, and probabilities that know some of it.
 */
public final class WeatherRows {
  private final List<String> stations;
  private final List<String> classes;
  private final SplittableRandom random = new SplittableRandom(11);
  private long right;
  private double surprise;
  private long rows;

  private WeatherRows(List<String> stations, List<String> classes) {
    this.stations = List.copyOf(stations);
    this.classes = List.copyOf(classes);
  }

  /** A run that predicts one of these classes. */
  public static RunFixture.Contents classes(
      List<String> stations, List<String> classes, LocalDate from, LocalDate until) {
    return new WeatherRows(stations, classes).contents(from, until);
  }

  private RunFixture.Contents contents(LocalDate from, LocalDate until) {
    int days = (int) (until.toEpochDay() - from.toEpochDay());
    ColumnBatch part = part(from, days);
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("accuracy", (double) right / rows);
    metrics.put("log-loss", surprise / rows);
    Map<String, Double> majority = new LinkedHashMap<>();
    majority.put("accuracy", 1.0 / classes.size());
    majority.put("log-loss", Math.log(classes.size()));
    return new RunFixture.Contents(
        classes.size() == 2 ? Task.BINARY : Task.MULTICLASS,
        FixtureFit.ofClasses(stations, classes),
        List.of(part),
        metrics,
        Map.of("majority-class", new RunOutcome.Baseline("the most frequent one", majority)),
        StationRows.ledgers(stations, days));
  }

  private ColumnBatch part(LocalDate from, int days) {
    int count = days * stations.size();
    int[] station = new int[count];
    long[] date = new long[count];
    int[] label = new int[count];
    int[] predicted = new int[count];
    double[][] probabilities = new double[classes.size()][count];
    for (int row = 0; row < count; row++) {
      station[row] = row % stations.size();
      LocalDate day = from.plusDays(row / stations.size());
      date[row] = day.toEpochDay();
      double[] shares = shares(1.2 + 0.1 * (station[row] % 7) + day.getMonthValue() / 9.0);
      double drawn = random.nextDouble();
      while (label[row] < classes.size() - 1 && drawn > shares[label[row]]) {
        drawn -= shares[label[row]++];
      }
      for (int i = 0; i < shares.length; i++) {
        probabilities[i][row] = shares[i];
        predicted[row] = shares[i] > shares[predicted[row]] ? i : predicted[row];
      }
      if (classes.size() == 2) {
        predicted[row] = shares[1] >= 0.5 ? 1 : 0;
      }
      right += predicted[row] == label[row] ? 1 : 0;
      surprise -= Math.log(shares[label[row]]);
    }
    rows += count;
    return batch(station, date, label, predicted, probabilities);
  }

  /** Probabilities of the classes: the more certain, the larger the scale. */
  private double[] shares(double scale) {
    double[] shares = new double[classes.size()];
    double sum = 0;
    for (int i = 0; i < shares.length; i++) {
      shares[i] = Math.exp(scale * FixtureFit.normal(random));
      sum += shares[i];
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= sum;
    }
    return shares;
  }

  private ColumnBatch batch(
      int[] station, long[] date, int[] label, int[] predicted, double[][] probabilities) {
    List<Field> fields = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    fields.add(Field.required("keep.STATION", ColumnType.STRING));
    columns.add(new StringColumn(station, stations));
    fields.add(Field.required("keep.DATE", ColumnType.DATE));
    columns.add(LongColumn.dates(date));
    fields.add(Field.required("weather", ColumnType.STRING));
    columns.add(new StringColumn(label, classes));
    fields.add(Field.required(PredictionColumns.PREDICTED_CLASS, ColumnType.STRING));
    columns.add(new StringColumn(predicted, classes));
    fields.add(Field.required(PredictionColumns.LINEAR_CLASS, ColumnType.STRING));
    columns.add(new StringColumn(new int[label.length], classes));
    if (classes.size() == 2) {
      fields.add(Field.required(PredictionColumns.PROBABILITY, ColumnType.DOUBLE));
      columns.add(DoubleColumn.of(probabilities[1]));
    } else {
      for (int i = 0; i < classes.size(); i++) {
        String name = PredictionColumns.PROBABILITY + "-" + classes.get(i);
        fields.add(Field.required(name, ColumnType.DOUBLE));
        columns.add(DoubleColumn.of(probabilities[i]));
      }
    }
    return new ColumnBatch(TableSchema.of(fields), columns, label.length);
  }
}
