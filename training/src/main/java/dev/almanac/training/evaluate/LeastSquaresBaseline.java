package dev.almanac.training.evaluate;

import dev.almanac.training.feed.EncodedRows;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.manifest.DatasetColumns;
import java.util.ArrayList;
import java.util.List;

/**
 * A linear model of a number: least squares on the numeric features and a 0-1 column a category.
 *
 * <p>Nominal columns are taken in order as long as all categories together are at most {@value
 * #MOST_CATEGORIES}; the description names those left out.
 */
final class LeastSquaresBaseline implements Baseline {
  static final int MOST_CATEGORIES = 2000;

  private final Design design;
  private final double[] weights;
  private final double center;

  private LeastSquaresBaseline(Design design, double[] weights, double center) {
    this.design = design;
    this.weights = weights;
    this.center = center;
  }

  /** Which columns take part, and where each has its weights. */
  private static final class Design {
    private final DatasetColumns columns;
    private final List<Integer> nominal = new ArrayList<>();
    private final List<Integer> offsets = new ArrayList<>();
    private final List<String> left = new ArrayList<>();
    private int width;

    Design(DatasetColumns columns) {
      this.columns = columns;
      this.width = 1 + columns.numeric().size();
      int most = width + MOST_CATEGORIES;
      for (int i = 0; i < columns.nominal().size(); i++) {
        DatasetColumns.Category category = columns.nominal().get(i);
        if (width + category.cardinality() <= most) {
          nominal.add(i);
          offsets.add(width);
          width += category.cardinality();
        } else {
          left.add(category.name());
        }
      }
    }

    int entries() {
      return 1 + columns.numeric().size() + nominal.size();
    }

    void entries(EncodedRows rows, int row, int[] indices, double[] values) {
      values[0] = 1;
      int at = 1;
      for (float[] column : rows.numeric()) {
        indices[at] = at;
        values[at++] = column[row];
      }
      for (int i = 0; i < nominal.size(); i++) {
        indices[at] = offsets.get(i) + rows.categories()[nominal.get(i)][row];
        values[at++] = 1;
      }
    }
  }

  /** Sums up rows, a batch at a time. */
  static final class Fit {
    private final Design design;
    private final NormalEquations equations;
    private final double center;

    Fit(DatasetColumns columns) {
      design = new Design(columns);
      equations = new NormalEquations(design.width);
      // Sums of distances from the mean lose fewer digits than sums of labels.
      center = columns.label().mean();
    }

    void add(EncodedRows rows, float[] labels) {
      int[] indices = new int[design.entries()];
      double[] values = new double[indices.length];
      for (int row = 0; row < rows.rows(); row++) {
        design.entries(rows, row, indices, values);
        equations.add(indices, values, labels[row] - center);
      }
    }

    LeastSquaresBaseline fitted() {
      return new LeastSquaresBaseline(design, equations.solve(), center);
    }
  }

  @Override
  public String name() {
    return "linear";
  }

  @Override
  public String description() {
    return "least squares on %s numeric features and %s nominal columns%s"
        .formatted(
            design.columns.numeric().size(),
            design.nominal.size(),
            design.left.isEmpty()
                ? ""
                : "; left out, having too many categories: " + String.join(", ", design.left));
  }

  @Override
  public double[] predict(ColumnBatch encoded) {
    EncodedRows rows = EncodedRows.of(encoded, design.columns);
    double[] predictions = new double[rows.rows()];
    int[] indices = new int[design.entries()];
    double[] values = new double[indices.length];
    for (int row = 0; row < predictions.length; row++) {
      design.entries(rows, row, indices, values);
      double sum = center;
      for (int i = 0; i < indices.length; i++) {
        sum += weights[indices[i]] * values[i];
      }
      predictions[row] = sum;
    }
    return predictions;
  }
}
