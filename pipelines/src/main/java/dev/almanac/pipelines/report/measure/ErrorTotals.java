package dev.almanac.pipelines.report.measure;

/** Sums of the errors of some rows. Not thread-safe. */
public final class ErrorTotals {
  private long rows;
  private double size;
  private double signed;
  private double squares;
  private double linear;

  void add(RowErrors errors, int row) {
    rows++;
    size += errors.size()[row];
    signed += errors.signed()[row];
    squares += errors.signed()[row] * errors.signed()[row];
    linear += errors.linear() == null ? Double.NaN : errors.linear()[row];
  }

  public long rows() {
    return rows;
  }

  /** Mean absolute error, or the share of wrong classes; NaN without rows. */
  public double meanSize() {
    return size / rows;
  }

  /** Bias: above zero when predictions are too high; NaN without rows. */
  public double meanSigned() {
    return signed / rows;
  }

  /** As {@link #meanSize}, of the linear baseline; NaN when it is not known. */
  public double meanLinear() {
    return linear / rows;
  }

  double rootMeanSquare() {
    return Math.sqrt(squares / rows);
  }
}
