package dev.almanac.transforms.encode;

import dev.almanac.transforms.analyze.Analyzer;
import dev.almanac.transforms.analyze.ColumnStatistics;
import dev.almanac.transforms.analyze.Quantiles;
import dev.almanac.transforms.json.MayBeAbsent;
import dev.almanac.transforms.problem.RefusedException;
import java.util.List;
import java.util.Objects;

/**
 * Subtracts the train split's median and divides by the distance between two of its quantiles, so
 * that a few wild values move neither; where that distance is zero, only subtracts.
 *
 * <p>The definition and the key are those of scikit-learn's {@code RobustScaler}: quantiles are
 * interpolated linearly between ranks. Exact or within a stated error, as {@link Quantiles} says.
 *
 * @param quantileRange the lower and the upper quantile in percent; null is {@code [25, 75]}, the
 *     interquartile range
 */
public record RobustScale(@MayBeAbsent List<Double> quantileRange) implements Scale {
  private static final List<Double> QUARTILES = List.of(25.0, 75.0);
  private static final double PERCENT = 100.0;

  public RobustScale {
    if (quantileRange != null) {
      boolean rising =
          quantileRange.size() == 2
              && quantileRange.stream().allMatch(Objects::nonNull)
              && quantileRange.get(0) >= 0
              && quantileRange.get(0) < quantileRange.get(1)
              && quantileRange.get(1) <= PERCENT;
      if (!rising) {
        throw new RefusedException(
            "quantile-range must be two rising percentages from 0 to 100 (%s)"
                .formatted(quantileRange));
      }
      quantileRange = List.copyOf(quantileRange);
    }
  }

  /** By the interquartile range. */
  public RobustScale() {
    this(null);
  }

  @Override
  public List<Class<? extends Analyzer<?>>> analyzers() {
    return List.of(Quantiles.class);
  }

  /** The lower and the upper quantile, as shares from 0 to 1. */
  @Override
  public List<Double> shares() {
    return (quantileRange == null ? QUARTILES : quantileRange)
        .stream().map(percent -> percent / PERCENT).toList();
  }

  @Override
  public double center(ColumnStatistics train) {
    return train.of(Quantiles.class).median() + 0.0;
  }

  /** Beyond the greatest double the range is cut to it. */
  @Override
  public double scale(ColumnStatistics train) {
    double[] ends = train.of(Quantiles.class).quantiles(shares());
    double range = Math.min(ends[1] - ends[0], Double.MAX_VALUE);
    return range > 0 ? range : 1.0;
  }
}
