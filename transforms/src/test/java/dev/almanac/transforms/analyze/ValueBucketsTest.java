package dev.almanac.transforms.analyze;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringColumn;
import java.io.DataInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ValueBucketsTest extends AnalyzerContract<ValueBuckets> {
  @Override
  ValueBuckets create() {
    return new ValueBuckets();
  }

  @Override
  ValueBuckets read(DataInput in) throws IOException {
    return ValueBuckets.read(in);
  }

  @Override
  List<Column> columns() {
    return Samples.numbers();
  }

  @Test
  void fewValuesAreToldApartAndManyAreNot() {
    Random random = new Random(3);
    assertEquals(0, of(Samples.longs(100_000, () -> random.nextInt(500) - 250, 0)).dropped());
    ValueBuckets many = of(Samples.doubles(100_000, random::nextGaussian, 0));
    assertTrue(many.dropped() > 0 && many.dropped() < 52, () -> "dropped " + many.dropped());
  }

  @Test
  void valuesFarFromZeroAreToldApartAsWellAsThoseAroundIt() {
    Random random = new Random(4);
    Bins pressure = of(Samples.doubles(50_000, () -> 1e6 + random.nextGaussian(), 0)).bins(10);
    assertEquals(9, pressure.edges().size());
    pressure.counts().forEach(count -> assertEquals(5000, count, 250));
  }

  @Test
  void binsHoldExactlyTheValuesThatLieInThem() {
    for (Column column : columns()) {
      double[] values = values(column);
      for (int most : new int[] {1, 2, 10, 100}) {
        Bins bins = of(column).bins(most);
        double[] edges = bins.edges().stream().mapToDouble(Double::doubleValue).toArray();
        long[] counts = new long[edges.length + 1];
        for (double value : values) {
          counts[Bins.bin(edges, value)]++;
        }
        assertEquals(Arrays.stream(counts).boxed().toList(), bins.counts());
        assertTrue(edges.length < most);
        for (int i = 1; i < edges.length; i++) {
          assertTrue(edges[i - 1] < edges[i]);
        }
        if (values.length > 0) {
          assertTrue(Arrays.stream(counts).allMatch(count -> count > 0), "a bin is empty");
        }
      }
    }
  }

  @Test
  void edgesLieJustBelowTheQuantiles() {
    Random random = new Random(4);
    DoubleColumn column = Samples.doubles(50_000, () -> 30 * random.nextGaussian() - 5, 0.1);
    Quantiles quantiles = new Quantiles();
    quantiles.add(column);
    Bins bins = of(column).bins(10);
    assertEquals(9, bins.edges().size());
    for (int i = 0; i < 9; i++) {
      double quantile = quantiles.quantile((i + 1) / 10.0);
      double below = quantile - bins.edges().get(i);
      assertTrue(below >= -1e-3 * Math.abs(quantile) && below <= 2.0, () -> "" + below);
    }
    for (long count : bins.counts()) {
      assertEquals(0.1, (double) count / column.validity().rows() / 0.9, 0.02);
    }
  }

  @Test
  void aValueThatManyRowsHoldIsOneBin() {
    long[] cells = new long[1000];
    IntStream.range(0, 1000).forEach(row -> cells[row] = row < 700 ? 0 : row);
    Bins rain = of(LongColumn.of(cells)).bins(10);
    assertEquals(2, rain.edges().size());
    Bins constant = of(LongColumn.of(5, 5, 5)).bins(10);
    assertEquals(new Bins(List.of(), List.of(3L)), constant);
    Bins indicator = of(LongColumn.of(0, 1, 1, 0, 1)).bins(10);
    assertEquals(new Bins(List.of(1.0), List.of(2L, 3L)), indicator);
  }

  @Test
  void textIsNoNumber() {
    assertEquals(
        "Cannot count values in buckets: the column must hold numbers (string)",
        assertThrows(IllegalArgumentException.class, () -> of(StringColumn.of("1"))).getMessage());
  }

  private static double[] values(Column column) {
    return IntStream.range(0, column.rows())
        .filter(row -> !column.isNull(row))
        .mapToDouble(
            row ->
                column instanceof LongColumn integers
                    ? integers.values()[row]
                    : ((DoubleColumn) column).values()[row])
        .toArray();
  }
}
