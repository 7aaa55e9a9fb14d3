package dev.almanac.training.search.importance;

/** The lower triangle L of a symmetric positive definite matrix A = L L'. */
record Cholesky(double[][] lower) {
  /**
   * Takes a matrix apart, in place.
   *
   * @param matrix its lower triangle, a row longer than the one before
   */
  static Cholesky of(double[][] matrix) {
    for (int i = 0; i < matrix.length; i++) {
      double[] row = matrix[i];
      for (int j = 0; j <= i; j++) {
        double[] above = matrix[j];
        double sum = row[j];
        for (int k = 0; k < j; k++) {
          sum -= row[k] * above[k];
        }
        row[j] = i == j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / above[j];
      }
    }
    return new Cholesky(matrix);
  }

  /** The x of A x = b. */
  double[] solve(double[] b) {
    double[] x = b.clone();
    for (int i = 0; i < x.length; i++) {
      for (int k = 0; k < i; k++) {
        x[i] -= lower[i][k] * x[k];
      }
      x[i] /= lower[i][i];
    }
    for (int i = x.length - 1; i >= 0; i--) {
      for (int k = i + 1; k < x.length; k++) {
        x[i] -= lower[k][i] * x[k];
      }
      x[i] /= lower[i][i];
    }
    return x;
  }

  /** x' times the inverse of A times x. */
  double inverseForm(double[] x) {
    double[] y = new double[x.length];
    double form = 0;
    for (int i = 0; i < x.length; i++) {
      double sum = x[i];
      for (int k = 0; k < i; k++) {
        sum -= lower[i][k] * y[k];
      }
      y[i] = sum / lower[i][i];
      form += y[i] * y[i];
    }
    return form;
  }

  /** The diagonal of the inverse of A: the squared lengths of the columns of the inverse of L. */
  double[] inverseDiagonal() {
    int size = lower.length;
    double[] diagonal = new double[size];
    double[] column = new double[size];
    for (int j = 0; j < size; j++) {
      column[j] = 1 / lower[j][j];
      diagonal[j] = column[j] * column[j];
      for (int i = j + 1; i < size; i++) {
        double sum = 0;
        for (int k = j; k < i; k++) {
          sum -= lower[i][k] * column[k];
        }
        column[i] = sum / lower[i][i];
        diagonal[j] += column[i] * column[i];
      }
    }
    return diagonal;
  }
}
