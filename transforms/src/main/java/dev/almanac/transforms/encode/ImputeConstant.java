package dev.almanac.transforms.encode;

import dev.almanac.transforms.analyze.ColumnStatistics;
import dev.almanac.transforms.json.MayBeAbsent;

/** Fills missing cells with a given number, in the column's own unit. */
public record ImputeConstant(double value, @MayBeAbsent boolean indicator) implements Impute {
  public ImputeConstant {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("value must be finite (%s)".formatted(value));
    }
  }

  @Override
  public double fill(ColumnStatistics train) {
    return value;
  }
}
