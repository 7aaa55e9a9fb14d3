package dev.almanac.transforms.encode;

import dev.almanac.transforms.analyze.ColumnStatistics;
import dev.almanac.transforms.analyze.Moments;
import dev.almanac.transforms.json.MayBeAbsent;

/** Fills missing cells with the train split's mean, never truncated, also among integers. */
public record ImputeMean(@MayBeAbsent boolean indicator) implements Impute {
  @Override
  public double fill(ColumnStatistics train) {
    return train.of(Moments.class).mean();
  }
}
