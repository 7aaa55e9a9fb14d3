package dev.almanac.training.score;

import dev.almanac.training.config.DeviceChoice;
import dev.almanac.training.run.Run;
import dev.almanac.training.torch.Compute;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.csv.RawCells;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.fit.FurtherRows;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.reject.RejectReason;
import dev.almanac.transforms.reject.RejectedRowException;
import dev.almanac.transforms.schema.SourceColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Scores raw rows in a program of one's own, as {@code almanac predict} scores those of files: the
 * cells as a CSV file holds them, the run's own transform, its model. No Beam.
 *
 * <p>A row is encoded to the same bits as in a file, and predicted to within 1e-6 of what {@code
 * predict} writes. Cells are read as {@link RawCells} says; the label is neither needed nor read.
 * Many rows at once take far less time a row.
 *
 * <p>Thread-safe: rows are read and encoded side by side, and scored one call after another. Holds
 * native memory until it is closed.
 */
public final class Predictor implements AutoCloseable {
  private final FurtherRows rows;
  private final DatasetColumns.Label label;
  private final Scorer scorer;
  private final Queue<RawCells> idle = new ConcurrentLinkedQueue<>();
  private boolean closed;

  private Predictor(FurtherRows rows, DatasetColumns.Label label, Scorer scorer) {
    this.rows = rows;
    this.label = label;
    this.scorer = scorer;
  }

  /**
   * A predictor on the processor, with one thread for an operation.
   *
   * @throws IOException when the run has no model, or its transform cannot be read
   */
  public static Predictor of(Run run) throws IOException {
    return of(run, Compute.start(DeviceChoice.CPU, 1));
  }

  /**
   * A predictor on a device.
   *
   * @throws IOException when the run has no model, or its transform cannot be read
   */
  public static Predictor of(Run run, Compute compute) throws IOException {
    FittedTransform transform = run.sharedTransform();
    return new Predictor(
        FurtherRows.withoutKept(transform),
        run.record().columns().label(),
        Scorer.open(run, compute));
  }

  /** The columns that a row should have; those that may be missing it may lack. */
  public List<SourceColumn> columns() {
    return rows.columns();
  }

  /**
   * Predicts a row.
   *
   * @param row by column: text as in the CSV files, or a value of the column's type; null is
   *     missing, further columns are passed over
   * @throws dev.almanac.transforms.reject.RejectedRowException when a cell is missing that must not
   *     be, or cannot be read
   */
  public Prediction predict(Map<String, ?> row) {
    return predict(List.of(row)).get(0);
  }

  /**
   * Predicts rows, in their order.
   *
   * @throws dev.almanac.transforms.reject.RejectedRowException naming the first bad cell; no row is
   *     predicted then
   */
  public List<Prediction> predict(List<? extends Map<String, ?>> rows) {
    ColumnBatch encoded = encode(rows);
    double[] scores = score(encoded);
    List<Prediction> predictions = new ArrayList<>(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      predictions.add(prediction(scores, row));
    }
    return predictions;
  }

  /** What the model reads of rows: its columns by name, float32 and int32. */
  public ColumnBatch encode(List<? extends Map<String, ?>> rows) {
    RawCells cells = idle.poll();
    if (cells == null) {
      cells = new RawCells(this.rows.columns(), this.rows.format());
    }
    try {
      ColumnBatch computed = this.rows.applyFeatures(cells.batch(this.rows.texts(rows)));
      return this.rows.encode(this.rows.encodable(computed, Predictor::refuse));
    } finally {
      idle.add(cells);
    }
  }

  private static void refuse(int row, String column) {
    throw new RejectedRowException(
        row,
        column,
        RejectReason.NOTHING_FILLS,
        "Cannot predict row %s: column '%s' comes out missing, and the run has no impute step that fills it"
            .formatted(row, column));
  }

  private synchronized double[] score(ColumnBatch encoded) {
    if (closed) {
      throw new IllegalStateException("Cannot predict: the predictor is closed");
    }
    return scorer.scoreFew(encoded);
  }

  private Prediction prediction(double[] scores, int row) {
    if (!label.isClasses()) {
      return new Prediction(scores[row], null, null);
    }
    int width = scorer.width();
    Map<String, Double> probabilities = new LinkedHashMap<>();
    if (width == 1) {
      probabilities.put(label.classes().get(0), 1 - scores[row]);
      probabilities.put(label.classes().get(1), scores[row]);
    } else {
      for (int i = 0; i < width; i++) {
        probabilities.put(label.classes().get(i), scores[row * width + i]);
      }
    }
    int predicted = scorer.predictedClass(scores, row);
    return new Prediction(null, label.classes().get(predicted), probabilities);
  }

  /** Frees the native memory; no row can be predicted after. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      scorer.close();
    }
  }
}
