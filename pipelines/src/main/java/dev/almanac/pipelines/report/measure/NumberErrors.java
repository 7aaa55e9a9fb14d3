package dev.almanac.pipelines.report.measure;

import dev.almanac.training.score.PredictionColumns;
import dev.almanac.transforms.analyze.Quantiles;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.LongColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How far the predictions of a number are off, from two passes over them: the first finds the
 * ranges, the second fills bins. Memory does not grow with the rows.
 */
public final class NumberErrors {
  /** Up to so many rows are drawn one by one. */
  static final int MOST_POINTS = 2_500;

  private static final int GRID_BINS = 80;
  private static final int HISTOGRAM_BINS = 48;

  /**
   * The share of rows at either end that the pictures may leave out, so that outliers do not rule.
   */
  private static final double TAIL = 0.0005;

  private static final double RESIDUAL_TAIL = 0.005;

  private final String label;
  private final KeptColumns kept;
  private final PredictionFiles files;
  private final boolean linear;
  private final Quantiles labels = new Quantiles();
  private final Quantiles predictions = new Quantiles();
  private final Quantiles absolute = new Quantiles();
  private final ErrorSlices.DateSpan dates = new ErrorSlices.DateSpan();
  private final List<Point> points = new ArrayList<>();
  private Histogram residuals;
  private DensityGrid density;
  private ErrorSlices slices;

  /** One row. */
  public record Point(double label, double prediction) {}

  private NumberErrors(PredictionFiles files, String label, KeptColumns kept) throws IOException {
    this.files = files;
    this.linear = files.have(PredictionColumns.LINEAR_PREDICTION);
    this.label = label;
    this.kept = kept;
  }

  public static NumberErrors measure(PredictionFiles files, String label, KeptColumns kept)
      throws IOException {
    NumberErrors errors = new NumberErrors(files, label, kept);
    List<String> columns = new ArrayList<>(List.of(label, PredictionColumns.PREDICTION));
    columns.addAll(kept.names());
    files.read(columns, errors::range);
    errors.plan();
    if (errors.linear) {
      columns.add(PredictionColumns.LINEAR_PREDICTION);
    }
    files.read(columns, errors::fill);
    return errors;
  }

  private void range(ColumnBatch batch) {
    double[] actual = labels(batch);
    double[] predicted = predictions(batch);
    labels.add(DoubleColumn.of(actual));
    predictions.add(DoubleColumn.of(predicted));
    absolute.add(DoubleColumn.of(RowErrors.ofNumbers(actual, predicted).size()));
    if (kept.date() != null) {
      dates.add((LongColumn) batch.column(kept.date().name()));
    }
  }

  private void plan() {
    double least = Math.min(labels.quantile(TAIL), predictions.quantile(TAIL));
    double greatest = Math.max(labels.quantile(1 - TAIL), predictions.quantile(1 - TAIL));
    density = new DensityGrid(Bins.over(least, greatest, GRID_BINS));
    double reach = absolute.quantile(1 - RESIDUAL_TAIL);
    residuals = new Histogram(Bins.over(-reach, reach, HISTOGRAM_BINS));
    slices = new ErrorSlices(kept, dates);
  }

  private void fill(ColumnBatch batch) {
    double[] actual = labels(batch);
    double[] predicted = predictions(batch);
    RowErrors errors =
        RowErrors.ofNumbers(
            actual, predicted, linear ? doubles(batch, PredictionColumns.LINEAR_PREDICTION) : null);
    slices.add(errors, batch);
    for (int row = 0; row < actual.length; row++) {
      residuals.add(errors.signed()[row]);
      density.add(actual[row], predicted[row]);
      if (rows() <= MOST_POINTS) {
        points.add(new Point(actual[row], predicted[row]));
      }
    }
  }

  private double[] labels(ColumnBatch batch) {
    float[] stored = ((FloatColumn) batch.column(label)).values();
    double[] values = new double[stored.length];
    for (int row = 0; row < values.length; row++) {
      values[row] = stored[row];
    }
    return values;
  }

  private static double[] predictions(ColumnBatch batch) {
    return doubles(batch, PredictionColumns.PREDICTION);
  }

  private static double[] doubles(ColumnBatch batch, String column) {
    return ((DoubleColumn) batch.column(column)).values();
  }

  public long rows() {
    return labels.count();
  }

  /** Every row when there are few, else none. */
  public List<Point> points() {
    return List.copyOf(points);
  }

  public DensityGrid density() {
    return density;
  }

  /** Of prediction minus label. */
  public Histogram residuals() {
    return residuals;
  }

  /** The absolute error that this share of the rows stays below. */
  public double absoluteError(double share) {
    return absolute.quantile(share);
  }

  /** The days that the rows are of. */
  public ErrorSlices.DateSpan dates() {
    return dates;
  }

  public ErrorSlices slices() {
    return slices;
  }
}
