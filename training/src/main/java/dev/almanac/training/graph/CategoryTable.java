package dev.almanac.training.graph;

import java.util.List;

/**
 * The learned vectors of all nominal columns in one table, one column's rows below the other's:
 * category i of a column is row {@code firstRow(column) + i}.
 *
 * <p>NULL (index 0) and unknown (index 1) may never occur in the train split. Their rows start at
 * 0, and an optimizer does not move a row without a gradient, so a row that is all 0 after training
 * was never seen. {@link #settle} sets such a row to the mean of the column's vocabulary: to the
 * layer above, which is linear in it, an unseen category is then the average one.
 */
public final class CategoryTable {
  /** NULL and unknown. */
  static final int SPECIAL = 2;

  private final int[] firstRows;
  private final int width;

  /**
   * @param cardinalities of the columns, in their order
   */
  CategoryTable(List<Integer> cardinalities, int width) {
    this.firstRows = new int[cardinalities.size() + 1];
    this.width = width;
    for (int column = 0; column < cardinalities.size(); column++) {
      firstRows[column + 1] = Math.addExact(firstRows[column], cardinalities.get(column));
    }
  }

  /** How many nominal columns. */
  public int columns() {
    return firstRows.length - 1;
  }

  int width() {
    return width;
  }

  int rows() {
    return firstRows[columns()];
  }

  /** The row of a column's NULL. */
  public int firstRow(int column) {
    return firstRows[column];
  }

  /**
   * Gives categories that were never seen the mean of their column's vocabulary.
   *
   * @param weights where the table begins at {@code offset}, row by row; changed in place
   */
  void settle(float[] weights, int offset) {
    for (int column = 0; column < columns(); column++) {
      int first = firstRows[column] + SPECIAL;
      int end = firstRows[column + 1];
      if (first < end) {
        float[] mean = mean(weights, offset, first, end);
        for (int row = firstRows[column]; row < first; row++) {
          if (isZero(weights, offset + row * width)) {
            System.arraycopy(mean, 0, weights, offset + row * width, width);
          }
        }
      }
    }
  }

  private float[] mean(float[] weights, int offset, int first, int end) {
    float[] mean = new float[width];
    for (int i = 0; i < width; i++) {
      double sum = 0;
      for (int row = first; row < end; row++) {
        sum += weights[offset + row * width + i];
      }
      mean[i] = (float) (sum / (end - first));
    }
    return mean;
  }

  private boolean isZero(float[] weights, int from) {
    for (int i = from; i < from + width; i++) {
      if (weights[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
