package dev.almanac.transforms.drift;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.analyze.FitAccumulator;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.DoubleAppender;
import dev.almanac.transforms.column.LongAppender;
import dev.almanac.transforms.column.StringAppender;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.encode.FitSteps;
import dev.almanac.transforms.encode.Index;
import dev.almanac.transforms.encode.ModelColumns;
import dev.almanac.transforms.encode.QuantileBins;
import dev.almanac.transforms.encode.ReferenceColumn;
import dev.almanac.transforms.fit.FitPlan;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.schema.SourceColumn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DriftTest {
  private static final List<SourceColumn> SOURCE =
      List.of(
          new SourceColumn("rain", ColumnType.LONG, null, true),
          new SourceColumn("wind", ColumnType.DOUBLE, null, true),
          new SourceColumn("binned", ColumnType.DOUBLE, null, true),
          new SourceColumn("station", ColumnType.STRING, null, true));
  private static final DriftLimits LIMITS = new DriftLimits(0.25, 0.05, 0.1);
  private static final int ROWS = 5000;

  @Test
  void rowsOfTrainItselfHaveNotDriftedAtAll() {
    ColumnBatch train = rows(ROWS, 1, 0, 0, 0.1);
    DriftReport report = report(fitted(train), train);
    assertEquals(List.of(), report.drifted());
    for (ColumnDrift column : report.columns()) {
      assertEquals(0.0, column.psi(), column.column());
      assertEquals(column.train().nulls(), column.input().nulls());
      assertEquals(column.train().unseen(), column.input().unseen());
      column.bins().forEach(bin -> assertEquals(bin.train(), bin.input()));
    }
  }

  @Test
  void otherRowsOfTheSameKindStayWithinTheLimits() {
    DriftReport report = report(fitted(rows(ROWS, 1, 0, 0, 0.1)), rows(ROWS, 2, 0, 0, 0.1));
    assertEquals(List.of(), report.drifted());
    report.columns().forEach(column -> assertTrue(column.psi() < 0.03, column.toString()));
  }

  @Test
  void whatMovesIsNamedWithWhatMoved() {
    FittedTransform fitted = fitted(rows(ROWS, 1, 0, 0, 0.1));
    ColumnBatch warmer = rows(ROWS, 2, 40, 0, 0.1);
    assertEquals(List.of("psi"), column(report(fitted, warmer), "wind").drifted());
    assertEquals(List.of("psi"), column(report(fitted, warmer), "binned").drifted());
    ColumnBatch missing = rows(ROWS, 2, 0, 0, 0.3);
    assertEquals(
        List.of("rain", "wind", "binned", "station"),
        report(fitted, missing).columns().stream().map(ColumnDrift::column).toList());
    report(fitted, missing)
        .columns()
        .forEach(column -> assertEquals(List.of("nulls"), column.drifted()));
    ColumnBatch moved = rows(ROWS, 2, 0, 8, 0.1);
    ColumnDrift station = column(report(fitted, moved), "station");
    assertTrue(station.drifted().contains("unseen"), station.toString());
    assertEquals(List.of("station"), report(fitted, moved).drifted());
    assertEquals(0.0, station.train().unseen());
    assertEquals("(unseen)", station.bins().get(station.bins().size() - 1).bin());
  }

  @Test
  void aColumnWithoutAnyValueHasNoIndexAndItsNullsTell() {
    ColumnBatch empty = rows(ROWS, 2, 0, 0, 1.0);
    for (ColumnDrift column : report(fitted(rows(ROWS, 1, 0, 0, 0.1)), empty).columns()) {
      assertEquals(null, column.psi());
      assertEquals(1.0, column.input().nulls());
      assertEquals(List.of("nulls"), column.drifted());
      assertTrue(column.tooFew().contains("psi"));
    }
  }

  @Test
  void fewRowsAreShownAndNotJudged() {
    FittedTransform fitted = fitted(rows(ROWS, 1, 0, 0, 0.1));
    DriftReport few = report(fitted, rows(999, 2, 500, 500, 0.9));
    assertTrue(few.hasTooFewRows());
    assertEquals(List.of(), few.drifted());
    assertEquals(List.of("psi", "nulls", "unseen"), column(few, "station").tooFew());
    assertTrue(column(few, "wind").psi() > 1);
    DriftReport little = report(fitted(rows(900, 1, 0, 0, 0.1)), rows(ROWS, 2, 500, 500, 0.9));
    assertEquals(List.of(), little.drifted());
  }

  @Test
  void categoriesBeyondTheFrequentOnesAreOneBin() {
    Random random = new Random(6);
    LongAppender rain = new LongAppender();
    StringAppender station = new StringAppender();
    DoubleAppender wind = new DoubleAppender();
    for (int row = 0; row < ROWS; row++) {
      rain.append(1);
      wind.append(row);
      station.append("s" + random.nextInt(500));
    }
    ColumnBatch train =
        ColumnBatch.of(schema(), rain.build(), wind.build(), wind(ROWS), station.build());
    ColumnDrift column = column(report(fitted(train), train), "station");
    assertEquals(ReferenceColumn.MOST + 2, column.bins().size());
    assertEquals(1.0, column.bins().stream().mapToDouble(bin -> bin.train()).sum(), 1e-12);
    assertTrue(column.bins().get(ReferenceColumn.MOST).train() > 0.9);
  }

  @Test
  void noOrderCutOrGroupingOfMergesChangesAByte() throws IOException {
    FittedTransform fitted = fitted(rows(ROWS, 1, 0, 0, 0.1));
    ColumnBatch input = rows(ROWS, 2, 3, 1, 0.2);
    byte[] whole = bytes(counts(fitted, input));
    Random random = new Random(8);
    for (int round = 0; round < 10; round++) {
      List<Integer> order = new ArrayList<>(IntStream.range(0, ROWS).boxed().toList());
      Collections.shuffle(order, random);
      List<DriftCounts> parts = new ArrayList<>();
      parts.add(DriftReference.of(fitted).counts());
      int size = 1 + random.nextInt(2000);
      for (int from = 0; from < ROWS; from += size) {
        int[] part =
            order.subList(from, Math.min(ROWS, from + size)).stream().mapToInt(i -> i).toArray();
        parts.add(counts(fitted, input.take(part)));
      }
      while (parts.size() > 1) {
        DriftCounts left = parts.remove(random.nextInt(parts.size()));
        DriftCounts right = parts.remove(random.nextInt(parts.size()));
        byte[] before = bytes(right);
        parts.add(left.plus(right));
        assertArrayEquals(before, bytes(right));
      }
      assertArrayEquals(whole, bytes(parts.get(0)));
    }
    DriftCounts read = DriftCounts.read(new DataInputStream(new ByteArrayInputStream(whole)));
    assertArrayEquals(whole, bytes(read));
  }

  @Test
  void countsOfAnotherReferenceAreNotMerged() {
    DriftCounts one = DriftReference.of(fitted(rows(ROWS, 1, 0, 0, 0.1))).counts();
    FitPlan plan =
        FitPlan.of(
            SOURCE,
            List.of(),
            new ModelColumns(null, null, List.of("rain"), List.of(), List.of()),
            FitSteps.DEFAULT);
    FitAccumulator train = plan.accumulator();
    train.add(rows(ROWS, 1, 0, 0, 0.1));
    DriftCounts other = DriftReference.of(plan.fit(train)).counts();
    assertEquals(
        "Cannot merge counts: they must be by the same reference (4 and 1 columns)",
        assertThrows(IllegalArgumentException.class, () -> one.merge(other)).getMessage());
  }

  @Test
  void theIndexIsSymmetricAndFlooredWhereABinIsEmpty() {
    long[] p = {50, 50};
    long[] q = {75, 25};
    double expected = 0.25 * Math.log(1.5) - 0.25 * Math.log(0.5);
    assertEquals(expected, StabilityIndex.of(p, q), 1e-15);
    assertEquals(expected, StabilityIndex.of(q, p), 1e-15);
    assertEquals(
        0.5 * Math.log(2) + (1e-4 - 0.5) * Math.log(1e-4 / 0.5),
        StabilityIndex.of(p, new long[] {9, 0}),
        1e-12);
    assertEquals(0.0, StabilityIndex.of(new long[] {3, 0}, new long[] {8, 0}));
    assertTrue(Double.isNaN(StabilityIndex.of(p, new long[2])));
  }

  private static TableSchema schema() {
    return SourceColumn.schema(SOURCE);
  }

  /** Stations from s{first} on; wind around {@code warmer}. */
  private static ColumnBatch rows(int rows, long seed, double warmer, int first, double nulls) {
    Random random = new Random(seed);
    LongAppender rain = new LongAppender();
    DoubleAppender wind = new DoubleAppender();
    DoubleAppender binned = new DoubleAppender();
    StringAppender station = new StringAppender();
    for (int row = 0; row < rows; row++) {
      if (random.nextDouble() < nulls) {
        List.of(rain, wind, binned, station).forEach(appender -> appender.appendNull());
      } else {
        rain.append(Math.max(0, random.nextInt(100) - 60));
        wind.append(warmer + 20 * random.nextGaussian());
        binned.append(warmer + random.nextGaussian());
        station.append("s" + (first + (int) Math.sqrt(random.nextInt(144))));
      }
    }
    return ColumnBatch.of(schema(), rain.build(), wind.build(), binned.build(), station.build());
  }

  private static Column wind(int rows) {
    DoubleAppender wind = new DoubleAppender();
    for (int row = 0; row < rows; row++) {
      wind.append(row);
    }
    return wind.build();
  }

  private static FittedTransform fitted(ColumnBatch train) {
    FitPlan plan =
        FitPlan.of(
            SOURCE,
            List.of(),
            new ModelColumns(
                null, null, List.of("rain", "wind"), List.of("binned", "station"), List.of()),
            new FitSteps(
                FitSteps.DEFAULT.numeric(),
                List.of(new Index()),
                Map.of("binned", List.of(new QuantileBins(4)))));
    FitAccumulator accumulator = plan.accumulator();
    accumulator.add(train);
    return plan.fit(accumulator);
  }

  private static DriftCounts counts(FittedTransform fitted, ColumnBatch input) {
    DriftReference reference = DriftReference.of(fitted);
    DriftCounts counts = reference.counts();
    counts.add(reference, input, fitted.encode(input));
    return counts;
  }

  private static DriftReport report(FittedTransform fitted, ColumnBatch input) {
    return DriftReport.of(DriftReference.of(fitted), counts(fitted, input), LIMITS);
  }

  private static ColumnDrift column(DriftReport report, String name) {
    return report.columns().stream()
        .filter(column -> column.column().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static byte[] bytes(DriftCounts counts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    counts.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }
}
