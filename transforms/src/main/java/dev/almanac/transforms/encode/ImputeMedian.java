package dev.almanac.transforms.encode;

import dev.almanac.transforms.analyze.Moments;
import dev.almanac.transforms.analyze.Quantiles;
import dev.almanac.transforms.json.MayBeAbsent;

/**
 * Fills missing cells with the train split's median: the middle value, or the mean of the two in
 * the middle. Exact or within a stated error, as {@link Quantiles} says.
 */
public record ImputeMedian(@MayBeAbsent boolean indicator) implements Impute {
  @Override
  public boolean needsQuantiles() {
    return true;
  }

  @Override
  public double fill(Moments moments, Quantiles quantiles) {
    return quantiles.median();
  }
}
