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
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MomentsTest extends AnalyzerContract<Moments> {
  /** Enough digits that rounding the oracle again to a double cannot go the other way. */
  private static final MathContext DIGITS = new MathContext(1500, RoundingMode.HALF_EVEN);

  @Override
  Moments create() {
    return new Moments();
  }

  @Override
  Moments read(DataInput in) throws IOException {
    return Moments.read(in);
  }

  @Override
  List<Column> columns() {
    return Samples.numbers();
  }

  @Test
  void meanVarianceAndDeviationAreTheDoublesNearestToTheTruth() {
    for (Column column : columns()) {
      List<BigDecimal> cells = cells(column);
      Moments moments = of(column);
      assertEquals(cells.size(), moments.count());
      assertEquals(column.rows() - cells.size(), moments.nulls());
      if (cells.isEmpty()) {
        continue;
      }
      BigDecimal count = BigDecimal.valueOf(cells.size());
      BigDecimal sum = cells.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
      BigDecimal squares =
          cells.stream().map(cell -> cell.multiply(cell)).reduce(BigDecimal.ZERO, BigDecimal::add);
      assertEquals(sum.divide(count, DIGITS).doubleValue(), moments.mean());
      for (int ddof = 0; ddof <= 1 && cells.size() > ddof; ddof++) {
        BigDecimal spread = squares.multiply(count).subtract(sum.multiply(sum));
        BigDecimal divisor = count.multiply(BigDecimal.valueOf(cells.size() - ddof));
        BigDecimal variance = spread.divide(divisor, DIGITS);
        assertEquals(variance.doubleValue(), moments.variance(ddof));
        assertEquals(variance.sqrt(DIGITS).doubleValue(), moments.standardDeviation(ddof));
      }
    }
  }

  @Test
  void leastAndGreatestAreThoseOfTheValuesPresent() {
    for (Column column : columns()) {
      List<BigDecimal> cells = cells(column);
      Moments moments = of(column);
      double least =
          cells.stream()
              .mapToDouble(BigDecimal::doubleValue)
              .min()
              .orElse(Double.POSITIVE_INFINITY);
      double most =
          cells.stream()
              .mapToDouble(BigDecimal::doubleValue)
              .max()
              .orElse(Double.NEGATIVE_INFINITY);
      assertEquals(least, moments.min());
      assertEquals(most, moments.max());
    }
  }

  @Test
  void aBillionAndZeroOneTwoHaveAVarianceOfTwoThirds() {
    Moments integers = of(LongColumn.of(1_000_000_000, 1_000_000_001, 1_000_000_002));
    Moments doubles = of(DoubleColumn.of(1e9, 1e9 + 1, 1e9 + 2));
    for (Moments moments : List.of(integers, doubles)) {
      assertEquals(1_000_000_001.0, moments.mean());
      assertEquals(2.0 / 3.0, moments.variance(0));
      assertEquals(1.0, moments.variance(1));
      assertEquals(1.0, moments.standardDeviation(1));
    }
  }

  @Test
  void equalCellsHaveNoVariance() {
    Moments moments = of(Samples.doubles(1000, () -> 0.1, 0.5));
    assertEquals(0.1, moments.mean());
    assertEquals(0.0, moments.variance(0));
    assertEquals(0.0, moments.standardDeviation(1));
  }

  @Test
  void oneRowHasAMeanAndNoUnbiasedVariance() {
    Moments moments = of(DoubleColumn.of(3.5));
    assertEquals(3.5, moments.mean());
    assertEquals(0.0, moments.variance(0));
    assertTrue(Double.isNaN(moments.variance(1)));
  }

  @Test
  void emptyAndAllNullColumnsHaveNoMoments() {
    for (Column column : List.of(LongColumn.of(), Samples.doubles(50, () -> 1, 1.0))) {
      Moments moments = of(column);
      assertEquals(0, moments.count());
      assertTrue(Double.isNaN(moments.mean()));
      assertTrue(Double.isNaN(moments.variance(0)));
      assertTrue(Double.isNaN(moments.standardDeviation(0)));
    }
  }

  @Test
  void deviationIsFiniteWhereTheVarianceOverflows() {
    Moments moments = of(DoubleColumn.of(1e308, -1e308));
    assertEquals(0.0, moments.mean());
    assertEquals(Double.POSITIVE_INFINITY, moments.variance(0));
    assertEquals(1e308, moments.standardDeviation(0));
  }

  @Test
  void denormalsCountInFull() {
    Moments moments = of(DoubleColumn.of(0x1p-1074, 0x3p-1074));
    assertEquals(0x2p-1074, moments.mean());
    assertEquals(0x1p-1074, moments.standardDeviation(0));
    assertEquals(0.0, moments.variance(0));
  }

  @Test
  void longRunsOfExtremesLoseNothing() {
    Moments moments = new Moments();
    DoubleColumn greatest = Samples.doubles(100_000, () -> Double.MAX_VALUE, 0);
    DoubleColumn least = Samples.doubles(100_000, () -> -Double.MAX_VALUE, 0);
    moments.add(greatest);
    moments.add(DoubleColumn.of(1.0));
    moments.add(least);
    assertEquals(1.0 / 200_001, moments.mean());
  }

  @Test
  void textHasNoMoments() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> of(StringColumn.of("a")));
    assertEquals(
        "Cannot take moments: the column must hold numbers (string)", refused.getMessage());
  }

  private static List<BigDecimal> cells(Column column) {
    List<BigDecimal> cells = new ArrayList<>();
    for (int row = 0; row < column.rows(); row++) {
      if (!column.isNull(row)) {
        cells.add(
            column instanceof LongColumn integers
                ? BigDecimal.valueOf(integers.values()[row])
                : new BigDecimal(((DoubleColumn) column).values()[row]));
      }
    }
    return cells;
  }
}
