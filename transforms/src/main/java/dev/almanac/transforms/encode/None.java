package dev.almanac.transforms.encode;

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
