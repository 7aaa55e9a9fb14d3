package dev.almanac.transforms.encode;

import dev.almanac.transforms.analyze.ColumnStatistics;

/** A step that fills missing cells with one number, and on request says where it did. */
public sealed interface Impute extends NumericStep
    permits ImputeMean, ImputeMedian, ImputeConstant {
  /** Whether a further feature {@code COLUMN.missing} holds 1 where a cell was null, else 0. */
  @Override
  boolean indicator();

  /** What goes into missing cells. */
  double fill(ColumnStatistics train);

  @Override
  default Part part() {
    return Part.FILL;
  }

  @Override
  default NumericFormula learn(NumericFormula formula, ColumnStatistics train) {
    return formula.filledWith(fill(train), indicator());
  }
}
