package dev.almanac.transforms.encode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.analyze.ColumnStatistics;
import dev.almanac.transforms.analyze.Moments;
import dev.almanac.transforms.column.DoubleAppender;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringColumn;
import java.util.List;
import org.junit.jupiter.api.Test;

class NumericEncoderTest {
  @Test
  void standardizingComputesInDoubleAndRoundsOnce() {
    Moments moments = moments(1e9, 1e9 + 1, 1e9 + 2);
    Standardize step = new Standardize(0);
    double deviation = Math.sqrt(2.0 / 3.0);
    assertEquals(1e9 + 1, step.center(ColumnStatistics.with(moments)));
    assertEquals(deviation, step.scale(ColumnStatistics.with(moments)));
    assertArrayEquals(
        new float[] {(float) (-1 / deviation), 0f, (float) (1 / deviation)},
        scaled(step, moments).scaled(DoubleColumn.of(1e9, 1e9 + 1, 1e9 + 2)).values());
  }

  @Test
  void integersAndDoublesOfOneValueEncodeAlike() {
    NumericEncoder encoder = scaled(new Standardize(1), moments(3, 9, -4));
    assertEquals(
        encoder.scaled(DoubleColumn.of(3, 9, -4, 100)),
        encoder.scaled(LongColumn.of(3, 9, -4, 100)));
  }

  @Test
  void aConstantColumnIsOnlyCentered() {
    Moments moments = moments(5, 5, 5);
    for (Scale step : List.of(new Standardize(0), new Standardize(1), new MinMax())) {
      assertArrayEquals(
          new float[] {0f, 2f}, scaled(step, moments).scaled(DoubleColumn.of(5, 7)).values());
    }
  }

  @Test
  void oneValueHasNoUnbiasedDeviationAndIsOnlyCentered() {
    assertArrayEquals(
        new float[] {0f, -2f},
        scaled(new Standardize(1), moments(4)).scaled(DoubleColumn.of(4, 2)).values());
  }

  @Test
  void minMaxMapsTrainToZeroToOneAndGoesOnOutside() {
    NumericEncoder encoder = scaled(new MinMax(), moments(-10, 0, 30));
    assertArrayEquals(
        new float[] {0f, 0.25f, 1f, -0.25f, 2f},
        encoder.scaled(DoubleColumn.of(-10, 0, 30, -20, 70)).values());
  }

  @Test
  void missingCellsHoldTheFillScaledLikeAnyCell() {
    NumericEncoder encoder =
        new NumericEncoder("X", List.of(), 6.0, true, 2.0, 8.0, summary(moments(2, 10)));
    DoubleColumn cells = cells(2.0, null, 10.0);
    assertArrayEquals(new float[] {0f, 0.5f, 1f}, encoder.scaled(cells).values());
    assertArrayEquals(new float[] {0f, 1f, 0f}, encoder.encodeMissing(cells).values());
    assertEquals("X.missing", encoder.indicatorName());
  }

  @Test
  void missingCellsWithoutAFillAreAnError() {
    NumericEncoder encoder = scaled(new Standardize(0), moments(1, 2));
    String message =
        assertThrows(FitException.class, () -> encoder.scaled(cells(null, 1.0, null))).getMessage();
    assertEquals(
        "Cannot encode column 'X': 2 of 3 cells are missing and no step fills them; add an impute step",
        message);
  }

  @Test
  void nothingEverEncodesToInfinityOrNaN() {
    for (NumericEncoder encoder :
        List.of(
            scaled(new Standardize(0), moments(1e308, -1e308)),
            scaled(new MinMax(), moments(Double.MAX_VALUE, -Double.MAX_VALUE)),
            scaled(new Standardize(0), moments(0, Double.MIN_VALUE)),
            new NumericEncoder("X", List.of(), null, false, 0, 1, summary(moments(0))))) {
      float[] encoded =
          encoder
              .scaled(
                  DoubleColumn.of(
                      Double.MAX_VALUE, -Double.MAX_VALUE, 0, 1e300, Double.MIN_VALUE, 1))
              .values();
      for (float value : encoded) {
        assertTrue(Math.abs(value) <= Float.MAX_VALUE, encoder + " gives " + value);
      }
    }
    assertArrayEquals(
        new float[] {1f, -1f},
        scaled(new Standardize(0), moments(1e308, -1e308))
            .scaled(DoubleColumn.of(1e308, -1e308))
            .values());
  }

  @Test
  void textIsNoNumber() {
    NumericEncoder encoder = scaled(new MinMax(), moments(1));
    assertEquals(
        "Cannot encode column 'X': it must hold numbers (string)",
        assertThrows(IllegalArgumentException.class, () -> encoder.scaled(StringColumn.of("1")))
            .getMessage());
  }

  private static NumericEncoder scaled(Scale step, Moments moments) {
    return new NumericEncoder(
        "X",
        List.of(step),
        null,
        false,
        step.center(ColumnStatistics.with(moments)),
        step.scale(ColumnStatistics.with(moments)),
        summary(moments));
  }

  private static NumericSummary summary(Moments moments) {
    return NumericSummary.of(ColumnStatistics.with(moments));
  }

  private static Moments moments(double... cells) {
    Moments moments = new Moments();
    moments.add(DoubleColumn.of(cells));
    return moments;
  }

  private static DoubleColumn cells(Double... cells) {
    DoubleAppender appender = new DoubleAppender();
    for (Double cell : cells) {
      if (cell == null) {
        appender.appendNull();
      } else {
        appender.append(cell);
      }
    }
    return (DoubleColumn) appender.build();
  }
}
