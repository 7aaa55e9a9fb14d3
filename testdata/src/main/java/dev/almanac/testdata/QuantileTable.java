package dev.almanac.testdata;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleUnaryOperator;

/**
 * Quantiles of a distribution at 4096 evenly spaced probabilities, so that one draw costs one
 * look-up.
 *
 * <p>Built with {@link StrictMath} and plain arithmetic alone: the values are the same on every
 * machine. Immutable and thread-safe.
 */
final class QuantileTable {

  private static final int SIZE = 4096;
  private static final int STEPS = 1 << 15;

  /** Mean 0, standard deviation 1; the table's ends are at 3.7 standard deviations. */
  static final QuantileTable NORMAL = byDensity(-6, 6, x -> StrictMath.exp(-x * x / 2), x -> x);

  /** Mean 1. */
  static final QuantileTable EXPONENTIAL = byProbability(p -> -StrictMath.log(1 - p));

  /** Stations share a few shapes, and a table takes milliseconds to make. */
  private static final Map<Double, QuantileTable> GAMMAS = new ConcurrentHashMap<>();

  private final double[] values;

  private QuantileTable(double[] values) {
    this.values = values;
  }

  /** The gamma distribution of a shape below 1, scaled to mean 1. */
  static QuantileTable gamma(double shape) {
    return GAMMAS.computeIfAbsent(shape, QuantileTable::makeGamma);
  }

  private static QuantileTable makeGamma(double shape) {
    // With u = x^shape the density has no pole at 0: x^(shape - 1) exp(-x) dx = exp(-u^(1 / shape))
    // du / shape.
    double power = 1 / shape;
    double end = StrictMath.pow(40, shape);
    return byDensity(
        0,
        end,
        u -> StrictMath.exp(-StrictMath.pow(u, power)),
        u -> StrictMath.pow(u, power) / shape);
  }

  /** The value at a probability given by the highest 12 bits of uniform bits. */
  double at(long bits) {
    return values[(int) (bits >>> 52)];
  }

  private static QuantileTable byProbability(DoubleUnaryOperator quantile) {
    double[] values = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      values[i] = quantile.applyAsDouble((i + 0.5) / SIZE);
    }
    return new QuantileTable(values);
  }

  private static QuantileTable byDensity(
      double from, double until, DoubleUnaryOperator density, DoubleUnaryOperator value) {
    double width = (until - from) / STEPS;
    double[] cumulative = new double[STEPS + 1];
    for (int i = 0; i < STEPS; i++) {
      cumulative[i + 1] = cumulative[i] + density.applyAsDouble(from + (i + 0.5) * width);
    }
    double[] values = new double[SIZE];
    int step = 0;
    for (int i = 0; i < SIZE; i++) {
      double wanted = (i + 0.5) / SIZE * cumulative[STEPS];
      while (cumulative[step + 1] < wanted) {
        step++;
      }
      double inside = (wanted - cumulative[step]) / (cumulative[step + 1] - cumulative[step]);
      values[i] = value.applyAsDouble(from + (step + inside) * width);
    }
    return new QuantileTable(values);
  }
}
