package dev.almanac.transforms.encode;

import dev.almanac.transforms.analyze.ColumnStatistics;
import dev.almanac.transforms.analyze.Moments;

/**
 * Maps the train split's least value to 0 and its greatest to 1; where they are equal, only
 * subtracts, so that train comes out as 0. Values outside the range come out outside of 0 to 1.
 */
public record MinMax() implements Scale {
  @Override
  public double center(ColumnStatistics train) {
    return train.of(Moments.class).min();
  }

  /** Beyond the greatest double the range is cut to it. */
  @Override
  public double scale(ColumnStatistics train) {
    double range =
        Math.min(train.of(Moments.class).max() - train.of(Moments.class).min(), Double.MAX_VALUE);
    return range > 0 ? range : 1.0;
  }
}
