package dev.almanac.training.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Embedding;
import ai.djl.training.ParameterStore;

/**
 * One row of learned numbers for each category of a nominal column.
 *
 * <p>NULL (index 0) and unknown (index 1) may never occur in the train split. Their rows start at 0
 * and an optimizer does not move a row that has no gradient, so a row that is all 0 after training
 * was never seen; {@link #settle} puts the mean of the vocabulary's rows there: to every layer
 * above, which is linear in it, an unseen category is then the average one.
 */
public final class CategoryTable {
  /** NULL and unknown. */
  static final int SPECIAL = 2;

  private final Parameter values;
  private final int column;
  private final int cardinality;
  private final int width;

  CategoryTable(Parameter values, int column, int cardinality, int width) {
    this.values = values;
    this.column = column;
    this.cardinality = cardinality;
    this.width = width;
  }

  Parameter values() {
    return values;
  }

  int width() {
    return width;
  }

  /** {@code [n, width]}: the row of each category of this table's column. */
  NDArray lookUp(ParameterStore weights, NDArray categories) {
    NDArray table = weights.getValue(values, categories.getDevice(), true);
    NDArray indices =
        categories.getShape().get(1) == 1
            ? categories.reshape(-1)
            : categories.get(new NDIndex().addAllDim().addIndices(column));
    return Embedding.embedding(indices, table, SparseFormat.DENSE).singletonOrThrow();
  }

  /**
   * Gives categories that were never seen the mean of the vocabulary's rows.
   *
   * @param weights where the table begins at {@code offset}, row by row; changed in place
   */
  void settle(float[] weights, int offset) {
    if (cardinality == SPECIAL) {
      return;
    }
    float[] mean = new float[width];
    for (int i = 0; i < width; i++) {
      double sum = 0;
      for (int row = SPECIAL; row < cardinality; row++) {
        sum += weights[offset + row * width + i];
      }
      mean[i] = (float) (sum / (cardinality - SPECIAL));
    }
    for (int row = 0; row < SPECIAL; row++) {
      if (isZero(weights, offset + row * width)) {
        System.arraycopy(mean, 0, weights, offset + row * width, width);
      }
    }
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
