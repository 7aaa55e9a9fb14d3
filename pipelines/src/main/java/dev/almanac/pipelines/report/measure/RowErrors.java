package dev.almanac.pipelines.report.measure;

import dev.almanac.transforms.problem.RefusedException;

/**
 * How far some predictions are off, row by row.
 *
 * @param size what a mean is taken of to say how wrong a model is: the absolute error of a number,
 *     0 or 1 for a class that is right or wrong
 * @param signed what a mean is taken of to say in which direction: prediction minus label of a
 *     number; probability minus outcome of a class
 * @param linear the sizes of the linear baseline's errors of the same rows; null when they are not
 *     known
 */
record RowErrors(double[] size, double[] signed, double[] linear) {
  RowErrors {
    if (size.length != signed.length) {
      throw new RefusedException(
          "Cannot measure errors: %s sizes and %s signed errors"
              .formatted(size.length, signed.length));
    }
  }

  RowErrors(double[] size, double[] signed) {
    this(size, signed, null);
  }

  /** The same with what the linear baseline predicts; null when that is not known. */
  static RowErrors ofNumbers(double[] labels, double[] predictions, double[] linear) {
    RowErrors errors = ofNumbers(labels, predictions);
    return new RowErrors(
        errors.size, errors.signed, linear == null ? null : ofNumbers(labels, linear).size);
  }

  static RowErrors ofNumbers(double[] labels, double[] predictions) {
    double[] size = new double[labels.length];
    double[] signed = new double[labels.length];
    for (int row = 0; row < labels.length; row++) {
      signed[row] = predictions[row] - labels[row];
      size[row] = Math.abs(signed[row]);
    }
    return new RowErrors(size, signed);
  }

  int rows() {
    return size.length;
  }
}
