package dev.almanac.transforms.encode;

/**
 * What the steps of a numeric feature come to, put together one by one: see {@link NumericEncoder}.
 *
 * @param fill null when missing cells are not filled
 * @param limit null when nothing is cut
 * @param ddof how the deviation that a report shows is taken
 */
public record NumericFormula(
    Double fill, boolean indicator, double center, double scale, Double limit, int ddof) {
  /** Leaves a number as it is. */
  static final NumericFormula IDENTITY = new NumericFormula(null, false, 0, 1, null, 0);

  NumericFormula filledWith(double filling, boolean indicated) {
    return new NumericFormula(filling + 0.0, indicated, center, scale, limit, ddof);
  }

  NumericFormula scaledBy(double newCenter, double newScale, int newDdof) {
    return new NumericFormula(fill, indicator, newCenter, newScale, limit, newDdof);
  }

  NumericFormula cutAt(double newLimit) {
    return new NumericFormula(fill, indicator, center, scale, newLimit, ddof);
  }
}
