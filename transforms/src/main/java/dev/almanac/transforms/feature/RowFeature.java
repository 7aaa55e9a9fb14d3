package dev.almanac.transforms.feature;

import java.io.Serializable;

/**
 * One row-wise step: a function of single cells of a row, and where its result goes.
 *
 * <p>A step cannot aggregate. It hands {@link CellFunction functions of one row} to the {@link
 * Binder} and never meets a column of cells. A result goes into a new column, or, with no {@code
 * into}, in place of the step's own. Values: equal steps do the same.
 */
public sealed interface RowFeature extends Serializable
    permits NullIfFlagged,
        DateParts,
        Cast,
        Log1p,
        Clip,
        Difference,
        Ratio,
        EqualsIndicator,
        IsNull,
        HashBucket,
        RowFunction {

  /** Checks the step against the columns there are, and says what it writes. */
  void bind(Binder binder);
}
