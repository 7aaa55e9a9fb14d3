package dev.almanac.transforms.encode;

import dev.almanac.transforms.analyze.ColumnStatistics;

/** Leaves a number as it is. */
public record None() implements NumericStep {
  @Override
  public Part part() {
    return null;
  }

  @Override
  public NumericFormula learn(NumericFormula formula, ColumnStatistics train) {
    return formula;
  }
}
