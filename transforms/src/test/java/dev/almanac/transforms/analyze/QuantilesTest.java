package dev.almanac.transforms.analyze;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.LongColumn;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuantilesTest extends AnalyzerContract<Quantiles> {
  private static final int MANY = Quantiles.EXACT_VALUES + 10_000;

  @Override
  Quantiles create() {
    return new Quantiles();
  }

  @Override
  Quantiles read(DataInput in) throws IOException {
    return Quantiles.read(in);
  }

  @Override
  List<Column> columns() {
    Random random = new Random(9);
    List<Column> columns = new ArrayList<>(Samples.numbers());
    columns.add(
        Samples.doubles(
            MANY, () -> Math.scalb(random.nextGaussian(), random.nextInt(80) - 40), 0.05));
    columns.add(Samples.longs(MANY, () -> random.nextInt(2_000_000) - 500_000, 0.05));
    return columns;
  }

  @Test
  void fewValuesGiveTheExactMedian() {
    assertEquals(2.0, of(LongColumn.of(3, 1, 2)).median());
    assertEquals(2.5, of(LongColumn.of(4, 3, 1, 2)).median());
    assertEquals(7.0, of(DoubleColumn.of(7)).median());
    assertEquals(-1.5, of(DoubleColumn.of(-2, -1)).median());
    assertTrue(Double.isNaN(of(LongColumn.of()).median()));
    assertEquals(1e308, of(DoubleColumn.of(1e308, 1e308)).median());
  }

  @Test
  void quantilesInterpolateBetweenRanks() {
    Quantiles quantiles = of(LongColumn.of(10, 20, 30, 40, 50));
    assertEquals(10.0, quantiles.quantile(0));
    assertEquals(50.0, quantiles.quantile(1));
    assertEquals(12.0, quantiles.quantile(0.05), 1e-12);
    assertTrue(quantiles.isExact());
    assertEquals(0.0, quantiles.relativeError());
  }

  @Test
  void manyDenormalsAreZeroAndTheGreatestDoublesAreWithinAPercent() {
    double[] least = new double[MANY];
    double[] greatest = new double[MANY];
    for (int i = 0; i < MANY; i++) {
      least[i] = i * Double.MIN_VALUE;
      greatest[i] = Double.MAX_VALUE - i * Math.ulp(Double.MAX_VALUE);
    }
    assertEquals(0.0, of(DoubleColumn.of(least)).median());
    assertEquals(Double.MAX_VALUE, of(DoubleColumn.of(greatest)).median(), 0.01 * Double.MAX_VALUE);
  }

  @Test
  void manyValuesStayWithinTheStatedError() {
    Random random = new Random(10);
    DoubleColumn column = Samples.doubles(3 * MANY, () -> random.nextGaussian() * 1e3, 0);
    Quantiles quantiles = of(column);
    double[] sorted = column.values().clone();
    Arrays.sort(sorted);
    assertFalse(quantiles.isExact());
    assertEquals(Quantiles.RELATIVE_ERROR, quantiles.relativeError());
    for (int rank = 0; rank < sorted.length; rank += 997) {
      double share = rank / (double) (sorted.length - 1);
      double found = quantiles.quantile(share);
      // The share may fall a trace beside the rank, hence the neighbors.
      double least = sorted[Math.max(0, rank - 1)];
      double most = sorted[Math.min(sorted.length - 1, rank + 1)];
      assertTrue(
          found >= least - Math.abs(least) * Quantiles.RELATIVE_ERROR
              && found <= most + Math.abs(most) * Quantiles.RELATIVE_ERROR,
          () -> found + " is not between " + least + " and " + most);
    }
  }
}
