package dev.almanac.training.feed;

import dev.almanac.training.problem.TrainingException;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.IntColumn;
import dev.almanac.transforms.manifest.DatasetColumns;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.List;

/**
 * Encoded features of some rows, column by column, in the model's order. The arrays are those of
 * the batch: nobody writes them.
 */
public record EncodedRows(float[][] numeric, int[][] categories, int rows) {
  /**
   * Takes a model's columns out of a batch, by name.
   *
   * @throws TrainingException when one is absent, is not encoded, or holds an index that the model
   *     does not know
   */
  public static EncodedRows of(ColumnBatch batch, DatasetColumns columns) {
    List<String> names = columns.numeric();
    float[][] numeric = new float[names.size()][];
    for (int i = 0; i < numeric.length; i++) {
      numeric[i] = floats(batch, names.get(i));
    }
    int[][] categories = new int[columns.nominal().size()][];
    for (int i = 0; i < categories.length; i++) {
      categories[i] = indices(batch, columns.nominal().get(i));
    }
    return new EncodedRows(numeric, categories, batch.rows());
  }

  public static float[] floats(ColumnBatch batch, String name) {
    if (present(batch, name) && batch.column(name) instanceof FloatColumn column) {
      return column.values();
    }
    throw unfit(name, "float32", batch);
  }

  private static int[] indices(ColumnBatch batch, DatasetColumns.Category category) {
    if (!present(batch, category.name())
        || !(batch.column(category.name()) instanceof IntColumn column)) {
      throw unfit(category.name(), "int32", batch);
    }
    for (int index : column.values()) {
      if (index < 0 || index >= category.cardinality()) {
        throw new TrainingException(
            "Cannot score column '%s': the model knows the indices 0 to %s (%s); encode with the run's own transform"
                .formatted(category.name(), category.cardinality() - 1, index));
      }
    }
    return column.values();
  }

  private static boolean present(ColumnBatch batch, String name) {
    return batch.schema().contains(name);
  }

  private static TrainingException unfit(String name, String type, ColumnBatch batch) {
    return new TrainingException(
        "Cannot score: the model reads a column '%s' of %s (%s)"
            .formatted(
                name,
                type,
                present(batch, name)
                    ? "it is " + batch.schema().field(name).type()
                    : "the columns are " + batch.schema().names()));
  }

  /** Puts rows into a buffer, row by row. */
  public void numericRows(int from, int to, FloatBuffer out) {
    for (int column = 0; column < numeric.length; column++) {
      float[] values = numeric[column];
      for (int row = from, at = column; row < to; row++, at += numeric.length) {
        out.put(at, values[row]);
      }
    }
  }

  /** Puts rows into a buffer, row by row. */
  public void categoryRows(int from, int to, IntBuffer out) {
    for (int column = 0; column < categories.length; column++) {
      int[] values = categories[column];
      for (int row = from, at = column; row < to; row++, at += categories.length) {
        out.put(at, values[row]);
      }
    }
  }
}
