package dev.almanac.transforms.encode;

import dev.almanac.transforms.analyze.Analyzer;
import dev.almanac.transforms.analyze.ColumnStatistics;
import dev.almanac.transforms.analyze.Quantiles;
import dev.almanac.transforms.json.MayBeAbsent;
import java.util.List;

/**
 * Fills missing cells with the train split's median: the middle value, or the mean of the two in
 * the middle. Exact or within a stated error, as {@link Quantiles} says.
 */
public record ImputeMedian(@MayBeAbsent boolean indicator) implements Impute {
  @Override
  public List<Class<? extends Analyzer<?>>> analyzers() {
    return List.of(Quantiles.class);
  }

  @Override
  public double fill(ColumnStatistics train) {
    return train.of(Quantiles.class).median();
  }
}
