package dev.almanac.transforms.encode;

import dev.almanac.transforms.analyze.ColumnStatistics;

/**
 * Cuts a standardized number to so many standard deviations of train either way: a wild value then
 * counts as a merely extreme one. Fills are cut too. Stands after {@link Standardize} alone.
 *
 * @param sd how many, above zero
 */
public record Clip(double sd) implements NumericStep {
  public Clip {
    if (!(sd > 0) || Double.isInfinite(sd)) {
      throw new IllegalArgumentException("sd must be a finite number above 0 (%s)".formatted(sd));
    }
  }

  @Override
  public Part part() {
    return Part.CLIP;
  }

  @Override
  public Class<? extends NumericStep> after() {
    return Standardize.class;
  }

  @Override
  public NumericFormula learn(NumericFormula formula, ColumnStatistics train) {
    return formula.cutAt(sd);
  }
}
