package dev.almanac.pipelines.report;

import dev.almanac.transforms.analyze.FitAccumulator;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.column.Validity;
import dev.almanac.transforms.encode.FitSteps;
import dev.almanac.transforms.encode.LabelKind;
import dev.almanac.transforms.encode.ModelColumns;
import dev.almanac.transforms.encode.QuantileBins;
import dev.almanac.transforms.feature.DatePart;
import dev.almanac.transforms.feature.DateParts;
import dev.almanac.transforms.fit.FitPlan;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.text.DateForm;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Two years of train rows of some stations, and what is learned from them. */
public final class FixtureFit {
  private static final LocalDate FIRST_DAY = LocalDate.of(2010, 1, 1);
  private static final int DAYS = 730;

  private static final List<SourceColumn> SOURCE =
      List.of(
          new SourceColumn("STATION", ColumnType.STRING, null, false),
          new SourceColumn("DATE", ColumnType.DATE, DateForm.of("yyyy-MM-dd"), false),
          new SourceColumn("TMAX", ColumnType.LONG, null, true),
          new SourceColumn("weather", ColumnType.STRING, null, true),
          new SourceColumn("TMIN", ColumnType.LONG, null, true),
          new SourceColumn("PRCP", ColumnType.LONG, null, true),
          new SourceColumn("ELEVATION", ColumnType.DOUBLE, null, true));

  private FixtureFit() {}

  /** The highest temperature that a station has on a day, chance apart. */
  static double season(int station, LocalDate day) {
    double mean = 90 + 17 * (station % 11);
    return mean - 130 * Math.cos(2 * Math.PI * (day.getDayOfYear() - 15) / 365.25);
  }

  /** A draw from the standard normal distribution (Box and Muller 1958). */
  public static double normal(SplittableRandom random) {
    double angle = 2 * Math.PI * random.nextDouble();
    return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(angle);
  }

  public static FittedTransform ofTemperatures(List<String> stations) {
    return fit("TMAX", LabelKind.REGRESSION, stations, List.of("dry", "wet"));
  }

  public static FittedTransform ofClasses(List<String> stations, List<String> classes) {
    LabelKind kind = classes.size() == 2 ? LabelKind.BINARY : LabelKind.MULTICLASS;
    return fit("weather", kind, stations, classes);
  }

  private static FittedTransform fit(
      String label, LabelKind kind, List<String> stations, List<String> classes) {
    FitPlan plan =
        FitPlan.of(
            SOURCE,
            List.of(
                new DateParts(
                    "DATE", DatePart.of("day-of-year-sin"), DatePart.of("day-of-year-cos"))),
            new ModelColumns(
                label,
                kind,
                List.of("PRCP", "TMIN"),
                List.of("STATION", "ELEVATION"),
                List.of("STATION", "DATE")),
            new FitSteps(
                FitSteps.DEFAULT.numeric(),
                FitSteps.DEFAULT.nominal(),
                Map.of("ELEVATION", List.of(new QuantileBins(10)))));
    FitAccumulator train = plan.accumulator();
    train.add(plan.features().apply(rows(stations, classes)));
    return plan.fit(train);
  }

  private static ColumnBatch rows(List<String> stations, List<String> classes) {
    SplittableRandom random = new SplittableRandom(3);
    int rows = DAYS * stations.size();
    int[] station = new int[rows];
    long[] date = new long[rows];
    long[] high = new long[rows];
    int[] weather = new int[rows];
    long[] low = new long[rows];
    long[] rain = new long[rows];
    double[] elevation = new double[rows];
    long[] rainKnown = new long[(rows + 63) / 64];
    for (int row = 0; row < rows; row++) {
      station[row] = row % stations.size();
      LocalDate day = FIRST_DAY.plusDays(row / stations.size());
      date[row] = day.toEpochDay();
      high[row] = Math.round(season(station[row], day) + 40 * normal(random));
      weather[row] = random.nextInt(classes.size());
      low[row] = high[row] - 60 - Math.round(40 * random.nextDouble());
      rain[row] = random.nextDouble() < 0.7 ? 0 : Math.round(-85 * Math.log(random.nextDouble()));
      elevation[row] = 10 + 71.5 * (station[row] % 23);
      if (random.nextDouble() < 0.93) {
        rainKnown[row >>> 6] |= 1L << row;
      } else {
        rain[row] = 0;
      }
    }
    return ColumnBatch.of(
        SourceColumn.schema(SOURCE),
        new StringColumn(station, stations),
        LongColumn.dates(date),
        LongColumn.of(high),
        new StringColumn(weather, classes),
        LongColumn.of(low),
        new LongColumn(rain, Validity.of(rows, rainKnown)),
        DoubleColumn.of(elevation));
  }
}
