package dev.almanac.pipelines.report.measure;

import dev.almanac.training.run.Spread;
import java.util.List;

/**
 * A mean over runs and where the mean over ever more runs lies with a confidence of 95 %, by
 * Student's t: it takes the values to be draws from one normal distribution.
 *
 * @param low null of one value
 * @param high likewise
 */
public record MeanInterval(double mean, Double low, Double high) {
  private static final double CONFIDENCE = 0.95;

  /** Of one value or more. */
  public static MeanInterval of(List<Double> values) {
    Spread spread = Spread.of(values);
    if (spread.sd() == null) {
      return new MeanInterval(spread.mean(), null, null);
    }
    double reach =
        StudentT.quantile(CONFIDENCE, values.size() - 1) * spread.sd() / Math.sqrt(values.size());
    return new MeanInterval(spread.mean(), spread.mean() - reach, spread.mean() + reach);
  }
}
