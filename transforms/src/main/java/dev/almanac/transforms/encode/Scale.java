package dev.almanac.transforms.encode;

import dev.almanac.transforms.analyze.ColumnStatistics;

/** A step that maps {@code x} to {@code (x - center) / scale}. */
public sealed interface Scale extends NumericStep permits Standardize, MinMax, RobustScale {
  /** What becomes zero. */
  double center(ColumnStatistics train);

  /** Above zero. */
  double scale(ColumnStatistics train);

  /** How the deviation is taken: divided by n less this. */
  default int ddof() {
    return 0;
  }

  @Override
  default Part part() {
    return Part.SCALE;
  }

  @Override
  default NumericFormula learn(NumericFormula formula, ColumnStatistics train) {
    return formula.scaledBy(center(train), scale(train), ddof());
  }
}
