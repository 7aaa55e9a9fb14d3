package dev.almanac.transforms.feature.lift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnAppender;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.DoubleAppender;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.LongAppender;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringAppender;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.feature.Cast;
import dev.almanac.transforms.feature.Clip;
import dev.almanac.transforms.feature.DatePart;
import dev.almanac.transforms.feature.DateParts;
import dev.almanac.transforms.feature.Difference;
import dev.almanac.transforms.feature.EqualsIndicator;
import dev.almanac.transforms.feature.FeatureStepsTest;
import dev.almanac.transforms.feature.HashBucket;
import dev.almanac.transforms.feature.IsNull;
import dev.almanac.transforms.feature.Log1p;
import dev.almanac.transforms.feature.NullIfFlagged;
import dev.almanac.transforms.feature.Ratio;
import dev.almanac.transforms.feature.RowFeature;
import dev.almanac.transforms.feature.RowFunction;
import dev.almanac.transforms.feature.plan.FeaturePlan;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Laws that hold for every step, whatever it computes. */
class LiftTest {
  private static final int ROWS = 700;

  private static final TableSchema SCHEMA =
      TableSchema.of(
          Field.nullable("L", ColumnType.LONG),
          Field.nullable("X", ColumnType.DOUBLE),
          Field.nullable("D", ColumnType.DATE),
          Field.nullable("S", ColumnType.STRING),
          Field.nullable("F", ColumnType.STRING));

  private static final List<RowFeature> STEPS =
      List.of(
          new NullIfFlagged("L", "F", 2),
          new NullIfFlagged("S", "F", 1),
          new DateParts("D", DatePart.values()),
          new Cast("S", ColumnType.DOUBLE, "S.number"),
          new Cast("S", ColumnType.LONG, "S.integer"),
          new Cast("X", ColumnType.LONG, "X.integer"),
          new Cast("L", ColumnType.STRING, "L.text"),
          new Log1p("X", null),
          new Clip("L", -100.0, 100.0, "L.clipped"),
          new Difference("L", "X", "LX.difference"),
          new Ratio("X", "L", "XL.ratio"),
          new EqualsIndicator("S", "3", "S.three"),
          new IsNull("L", "L.null"),
          new HashBucket("S", 13, "S.bucket"),
          RowFunction.of("X", x -> 1 / x, "X.inverse"),
          RowFunction.of("L", "X", Math::hypot, "LX.length"),
          RowFunction.ofText("S", s -> s.isEmpty() ? null : s.substring(1), "S.tail"),
          RowFunction.numberOfText("S", s -> s.length() > 1 ? s.length() : Double.NaN, "S.length"));

  @Test
  void batchSizeNeverChangesAResult() {
    FeaturePlan plan = FeaturePlan.of(SCHEMA, STEPS);
    ColumnBatch batch = batch();
    ColumnBatch whole = plan.apply(batch);
    for (int size : new int[] {1, 3, 64, 65}) {
      for (int from = 0; from < ROWS; from += size) {
        int[] rows = IntStream.range(from, Math.min(ROWS, from + size)).toArray();
        assertEquals(whole.take(rows), plan.apply(batch.take(rows)));
      }
    }
  }

  @Test
  void anyOrderOfRowsGivesTheSameCells() {
    FeaturePlan plan = FeaturePlan.of(SCHEMA, STEPS);
    ColumnBatch batch = batch();
    int[] rows = new Random(8).ints(ROWS, 0, ROWS).toArray();
    assertEquals(plan.apply(batch).take(rows), plan.apply(batch.take(rows)));
  }

  @Test
  void aNullInputGivesNullExceptToTheStepsThatAskForNulls() {
    ColumnBatch nulls =
        new ColumnBatch(
            SCHEMA, SCHEMA.fields().stream().map(field -> nullCells(field.type(), 5)).toList(), 5);
    ColumnBatch computed = FeaturePlan.of(SCHEMA, STEPS).apply(nulls);
    for (Field field : computed.schema().fields()) {
      int expected = field.name().equals("L.null") ? 0 : 5;
      assertEquals(expected, computed.column(field.name()).nulls(), field.name());
    }
  }

  @Test
  void aResultThatIsNotFiniteIsNullAndHoldsZero() {
    ColumnBatch batch =
        ColumnBatch.of(
            TableSchema.of(Field.required("X", ColumnType.DOUBLE)),
            DoubleColumn.of(0, -0.0, 1e-320, 4));
    Column computed =
        FeaturePlan.of(batch.schema(), List.of(RowFunction.of("X", x -> 1 / x, "Y")))
            .apply(batch)
            .column("Y");
    assertEquals(FeatureStepsTest.doubles(null, null, null, 0.25), computed);
  }

  @Test
  void aFunctionOfTextRunsOnceForEachValueInUse() {
    Map<String, Integer> calls = new TreeMap<>();
    StringColumn column =
        new StringColumn(new int[] {1, 0, 1, 1, -1, 0}, List.of("a", "b", "never used"));
    CellFunction counting =
        (CellFunction.OfText)
            cell -> {
              calls.merge(cell, 1, Integer::sum);
              return "same";
            };
    Column result = counting.over(List.of(column), ColumnType.STRING);
    assertEquals(StringColumn.of("same", "same", "same", "same", null, "same"), result);
    assertEquals(Map.of("a", 1, "b", 1), calls);
  }

  @Test
  void integersReachFunctionsOfDoublesAsTheNearestDouble() {
    LongColumn column = LongColumn.of((1L << 53) + 1, -3);
    Column result = ((CellFunction.OfDouble) x -> x).over(List.of(column), ColumnType.DOUBLE);
    assertEquals(DoubleColumn.of(0x1p53, -3), result);
  }

  @Test
  void theInputIsNeverWritten() {
    ColumnBatch batch = batch();
    ColumnBatch copy = batch();
    FeaturePlan.of(SCHEMA, STEPS).apply(batch);
    assertEquals(copy, batch);
  }

  @Test
  void aBatchOfAnotherTypeIsRefused() {
    FeaturePlan plan = FeaturePlan.of(SCHEMA, List.of(new Log1p("X", "Y")));
    ColumnBatch other = FeatureStepsTest.longBatch("X", 1L);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> plan.apply(other));
    assertEquals(
        "Cannot compute column 'Y': column 'X' must be double (long)", refused.getMessage());
  }

  private static ColumnBatch batch() {
    Random random = new Random(3);
    LongAppender integers = new LongAppender();
    DoubleAppender doubles = new DoubleAppender();
    LongAppender dates = new LongAppender(ColumnType.DATE);
    StringAppender texts = new StringAppender();
    StringAppender flags = new StringAppender();
    for (int row = 0; row < ROWS; row++) {
      if (appended(integers, random)) {
        integers.append(random.nextInt(400) - 200);
      }
      if (appended(doubles, random)) {
        doubles.append(random.nextGaussian() * 3);
      }
      if (appended(dates, random)) {
        dates.append(random.nextInt(20_000));
      }
      if (appended(texts, random)) {
        texts.append(random.nextInt(9) == 0 ? "" : Integer.toString(random.nextInt(40)));
      }
      if (appended(flags, random)) {
        flags.append(List.of(",,S", "H,,S", ",G,S", "H,X,").get(random.nextInt(4)));
      }
    }
    return ColumnBatch.of(
        SCHEMA, integers.build(), doubles.build(), dates.build(), texts.build(), flags.build());
  }

  private static boolean appended(ColumnAppender appender, Random random) {
    if (random.nextInt(6) == 0) {
      appender.appendNull();
      return false;
    }
    return true;
  }

  private static Column nullCells(ColumnType type, int rows) {
    ColumnAppender appender = ColumnAppender.of(type);
    for (int row = 0; row < rows; row++) {
      appender.appendNull();
    }
    return appender.build();
  }
}
