package dev.almanac.training.evaluate;

/**
 * Least squares with a small ridge, from sums over rows that stream by.
 *
 * <p>Minimizes {@code sum (y - w x)^2 + 1e-6 sum_j s_j w_j^2} where {@code s_j} is column j's sum
 * of squares and column 0, the intercept, has no penalty: enough to make collinear columns
 * solvable, too little to be seen in a prediction. Rows are sparse: only their entries that are not
 * 0 are named. Memory and the solution by Cholesky's method grow with the square and the cube of
 * the columns. Not thread-safe.
 */
final class NormalEquations {
  private static final double RIDGE = 1e-6;

  private final int columns;
  // The lower triangle of X'X, row by row, and X'y.
  private final double[][] squares;
  private final double[] products;

  NormalEquations(int columns) {
    this.columns = columns;
    this.products = new double[columns];
    this.squares = new double[columns][];
    for (int i = 0; i < columns; i++) {
      squares[i] = new double[i + 1];
    }
  }

  /**
   * Adds a row.
   *
   * @param indices columns of the entries, ascending
   * @param values the entries
   */
  void add(int[] indices, double[] values, double label) {
    for (int i = 0; i < indices.length; i++) {
      double value = values[i];
      double[] row = squares[indices[i]];
      for (int j = 0; j <= i; j++) {
        row[indices[j]] += value * values[j];
      }
      products[indices[i]] += value * label;
    }
  }

  /** The weights; a column that was always 0 gets weight 0. */
  double[] solve() {
    double[] scale = new double[columns];
    double[][] factor = new double[columns][];
    for (int i = 0; i < columns; i++) {
      scale[i] = squares[i][i] > 0 ? 1 / Math.sqrt(squares[i][i]) : 0;
      factor[i] = new double[i + 1];
      for (int j = 0; j < i; j++) {
        factor[i][j] = squares[i][j] * scale[i] * scale[j];
      }
      factor[i][i] = i == 0 ? 1 : 1 + RIDGE;
    }
    decompose(factor);
    double[] weights = new double[columns];
    for (int i = 0; i < columns; i++) {
      double sum = products[i] * scale[i];
      for (int j = 0; j < i; j++) {
        sum -= factor[i][j] * weights[j];
      }
      weights[i] = sum / factor[i][i];
    }
    for (int i = columns - 1; i >= 0; i--) {
      double sum = weights[i];
      for (int j = i + 1; j < columns; j++) {
        sum -= factor[j][i] * weights[j];
      }
      weights[i] = sum / factor[i][i];
    }
    for (int i = 0; i < columns; i++) {
      weights[i] *= scale[i];
    }
    return weights;
  }

  /** Puts the Cholesky factor in place of the lower triangle of a symmetric matrix. */
  private static void decompose(double[][] matrix) {
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j];
        for (int k = 0; k < j; k++) {
          sum -= matrix[i][k] * matrix[j][k];
        }
        matrix[i][j] = i == j ? Math.sqrt(Math.max(sum, Double.MIN_NORMAL)) : sum / matrix[j][j];
      }
    }
  }
}
