package dev.almanac.transforms.encode;

import dev.almanac.transforms.analyze.ColumnStatistics;
import dev.almanac.transforms.analyze.Moments;
import dev.almanac.transforms.json.MayBeAbsent;

/**
 * Subtracts the mean and divides by the standard deviation; where that is zero, or there is but one
 * value and {@code ddof} is 1, only subtracts the mean.
 *
 * @param ddof 0 divides the sum of squares by n, 1 by n - 1
 */
public record Standardize(@MayBeAbsent int ddof) implements Scale {
  public Standardize {
    if (ddof != 0 && ddof != 1) {
      throw new IllegalArgumentException("ddof must be 0 or 1 (%s)".formatted(ddof));
    }
  }

  @Override
  public double center(ColumnStatistics train) {
    return train.of(Moments.class).mean();
  }

  @Override
  public double scale(ColumnStatistics train) {
    double deviation = train.of(Moments.class).standardDeviation(ddof);
    return deviation > 0 ? deviation : 1.0;
  }
}
