package dev.almanac.transforms.fit;

import dev.almanac.transforms.analyze.FitAccumulator;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnAppender;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.DoubleAppender;
import dev.almanac.transforms.column.LongAppender;
import dev.almanac.transforms.column.StringAppender;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.encode.FitSteps;
import dev.almanac.transforms.encode.ImputeConstant;
import dev.almanac.transforms.encode.ImputeMean;
import dev.almanac.transforms.encode.ImputeMedian;
import dev.almanac.transforms.encode.Index;
import dev.almanac.transforms.encode.LabelKind;
import dev.almanac.transforms.encode.MinMax;
import dev.almanac.transforms.encode.ModelColumns;
import dev.almanac.transforms.encode.QuantileBins;
import dev.almanac.transforms.encode.RobustScale;
import dev.almanac.transforms.encode.Standardize;
import dev.almanac.transforms.feature.DatePart;
import dev.almanac.transforms.feature.DateParts;
import dev.almanac.transforms.feature.Difference;
import dev.almanac.transforms.feature.HashBucket;
import dev.almanac.transforms.feature.Log1p;
import dev.almanac.transforms.feature.NullIfFlagged;
import dev.almanac.transforms.feature.RowFeature;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.text.DateForm;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Days of a few stations, with nulls and flags, and a plan that uses every kind of step. */
final class Weather {
  static final List<SourceColumn> SOURCE =
      List.of(
          new SourceColumn("STATION", ColumnType.STRING, null, true),
          new SourceColumn("DATE", ColumnType.DATE, DateForm.ISO, false),
          new SourceColumn("LATITUDE", ColumnType.DOUBLE, null, true),
          new SourceColumn("PRCP", ColumnType.LONG, null, true),
          new SourceColumn("TMAX", ColumnType.LONG, null, true),
          new SourceColumn("TMAX_ATTRIBUTES", ColumnType.STRING, null, true),
          new SourceColumn("TMIN", ColumnType.LONG, null, true),
          new SourceColumn("UNUSED", ColumnType.LONG, null, true));

  static final List<RowFeature> FEATURES =
      List.of(
          new NullIfFlagged("TMAX", "TMAX_ATTRIBUTES", 2),
          new DateParts("DATE", DatePart.DAY_OF_YEAR_SIN, DatePart.DAY_OF_YEAR_COS),
          new Log1p("PRCP", "PRCP.log"),
          new Difference("LATITUDE", "TMIN", "MIX"),
          new HashBucket("STATION", 8, "STATION.bucket"));

  static final ModelColumns COLUMNS =
      new ModelColumns(
          "TMAX",
          LabelKind.REGRESSION,
          List.of("PRCP", "TMIN", "LATITUDE"),
          List.of("STATION", "MIX"),
          List.of("STATION", "DATE", "TMIN"));

  static final FitSteps STEPS =
      new FitSteps(
          FitSteps.DEFAULT.numeric(),
          FitSteps.DEFAULT.nominal(),
          Map.of(
              "PRCP", List.of(new ImputeConstant(0, true), new MinMax()),
              "TMIN", List.of(new ImputeMedian(true), new Standardize(1)),
              "PRCP.log", List.of(new ImputeMean(false), new RobustScale(List.of(10.0, 90.0))),
              "STATION", List.of(new Index(2L, 50)),
              "MIX", List.of(new QuantileBins(7))));

  private Weather() {}

  static FitPlan plan() {
    return FitPlan.of(SOURCE, FEATURES, COLUMNS, STEPS);
  }

  static TableSchema schema() {
    return SourceColumn.schema(SOURCE);
  }

  /** Rows that are a function of the seed; TMAX is never null, and never flagged. */
  static ColumnBatch rows(int rows, long seed) {
    Random random = new Random(seed);
    return batch(Stream.generate(() -> cells(random)).limit(rows).toList());
  }

  static ColumnBatch batch(List<Map<String, Object>> rows) {
    List<Column> columns = new ArrayList<>();
    for (SourceColumn column : SOURCE) {
      ColumnAppender appender = ColumnAppender.of(column.type());
      rows.forEach(cells -> append(appender, cells.get(column.name())));
      columns.add(appender.build());
    }
    return new ColumnBatch(schema(), columns, rows.size());
  }

  private static void append(ColumnAppender appender, Object cell) {
    if (cell == null) {
      appender.appendNull();
    } else if (appender instanceof LongAppender integers) {
      integers.append(cell instanceof LocalDate date ? date.toEpochDay() : (Long) cell);
    } else if (appender instanceof DoubleAppender numbers) {
      numbers.append((Double) cell);
    } else {
      ((StringAppender) appender).append((String) cell);
    }
  }

  /** One row by column, as a caller without batches holds it. */
  static Map<String, Object> cells(Random random) {
    Map<String, Object> cells = new LinkedHashMap<>();
    cells.put("STATION", some(random, "S" + (int) Math.sqrt(random.nextInt(900))));
    cells.put("DATE", LocalDate.ofEpochDay(random.nextInt(20_000)));
    cells.put("LATITUDE", some(random, random.nextInt(90_000) / 1000.0));
    cells.put("PRCP", some(random, (long) random.nextInt(300)));
    cells.put("TMAX", (long) random.nextInt(500) - 100);
    cells.put("TMAX_ATTRIBUTES", some(random, "H,,S"));
    cells.put("TMIN", some(random, (long) random.nextInt(400) - 200));
    cells.put("UNUSED", 1L);
    return cells;
  }

  private static Object some(Random random, Object cell) {
    return random.nextInt(7) == 0 ? null : cell;
  }

  static FittedTransform fitted(FitPlan plan, ColumnBatch train) {
    FitAccumulator accumulator = plan.accumulator();
    accumulator.add(plan.features().apply(train));
    return plan.fit(accumulator);
  }
}
