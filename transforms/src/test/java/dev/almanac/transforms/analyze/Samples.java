package dev.almanac.transforms.analyze;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.DoubleAppender;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.LongAppender;
import dev.almanac.transforms.column.LongColumn;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** Columns of numbers that go wrong in careless hands. */
final class Samples {
  private Samples() {}

  static List<Column> numbers() {
    Random random = new Random(7);
    return List.of(
        LongColumn.of(),
        LongColumn.of(42),
        DoubleColumn.of(-0.0),
        longs(0, () -> 1, 1.0),
        doubles(100, () -> 1, 1.0),
        longs(10_000, () -> random.nextInt(2000) - 700, 0.1),
        longs(9000, () -> 1_000_000_000L + random.nextInt(3), 0),
        longs(9000, random::nextLong, 0.3),
        LongColumn.of(Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, 1, 0, -1),
        doubles(9000, () -> 1e9 + random.nextInt(3), 0),
        doubles(9000, () -> 25.333, 0.01),
        doubles(9000, () -> random.nextInt(1000) / 10.0 - 40, 0.2),
        doubles(5000, () -> anyDouble(random), 0.1),
        DoubleColumn.of(
            Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, 1e308, 1e-320, Double.MIN_VALUE),
        DoubleColumn.of(1e300, 1, -1e300, 0x1p-1074, 0.0, -0.0));
  }

  /** Any finite double, all exponents alike. */
  static double anyDouble(Random random) {
    double any = Double.longBitsToDouble(random.nextLong());
    return Double.isFinite(any) ? any : 0.0;
  }

  static LongColumn longs(int rows, LongSupplier cells, double nullShare) {
    Random random = new Random(rows);
    LongAppender appender = new LongAppender();
    for (int row = 0; row < rows; row++) {
      if (random.nextDouble() < nullShare) {
        appender.appendNull();
      } else {
        appender.append(cells.getAsLong());
      }
    }
    return (LongColumn) appender.build();
  }

  static DoubleColumn doubles(int rows, DoubleSupplier cells, double nullShare) {
    Random random = new Random(rows);
    DoubleAppender appender = new DoubleAppender();
    for (int row = 0; row < rows; row++) {
      if (random.nextDouble() < nullShare) {
        appender.appendNull();
      } else {
        appender.append(cells.getAsDouble());
      }
    }
    return (DoubleColumn) appender.build();
  }
}
