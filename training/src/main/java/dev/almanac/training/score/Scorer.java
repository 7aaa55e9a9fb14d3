package dev.almanac.training.score;

import dev.almanac.training.feed.EncodedRows;
import dev.almanac.training.model.Ensemble;
import dev.almanac.training.objective.Objective;
import dev.almanac.training.problem.TrainingException;
import dev.almanac.training.run.Run;
import dev.almanac.training.torch.Compute;
import dev.almanac.training.torch.ForwardPass;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.manifest.DatasetColumns;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Predicts for encoded rows with a run's model; of an ensemble, the mean of what each of its models
 * predicts.
 *
 * <p>Rows are scored in pieces of {@value #PIECE}, the last one filled up, so that a prediction
 * does not depend on how rows were cut into batches. Not thread-safe: one scorer a thread.
 */
public final class Scorer implements AutoCloseable {
  // Fits the processor's second-level cache for layers of a few hundred units.
  private static final int PIECE = 1024;
  private static final int FEWEST = 4;

  private final DatasetColumns columns;
  private final Objective objective;
  private final List<ForwardPass> members;
  private final ByteBuffer numeric;
  private final ByteBuffer categories;

  public Scorer(Ensemble model, DatasetColumns columns, Objective objective, Compute compute) {
    this.columns = columns;
    this.objective = objective;
    this.members =
        model.members().stream().map(member -> new ForwardPass(member, compute)).toList();
    this.numeric = buffer(columns.numeric().size());
    this.categories = buffer(columns.nominal().size());
  }

  private static ByteBuffer buffer(int columns) {
    return ByteBuffer.allocateDirect(PIECE * columns * Float.BYTES).order(ByteOrder.nativeOrder());
  }

  /**
   * A scorer for a finished run.
   *
   * @throws IOException when the run has no model
   */
  public static Scorer open(Run run, Compute compute) throws IOException {
    return new Scorer(run.ensemble(), run.record().columns(), run.objective(), compute);
  }

  /** How many numbers a row {@link #score} gives. */
  public int width() {
    return objective.width();
  }

  /**
   * Predictions row by row: a number in the label's unit, the probability of the second of two
   * classes, or a probability a class.
   *
   * @param encoded has the model's columns by name, as the run's transform makes them, and any
   *     others
   * @throws TrainingException when a column is missing or holds an index that the model does not
   *     know
   */
  public double[] score(ColumnBatch encoded) {
    return score(encoded, PIECE);
  }

  /**
   * The same for a few rows, in less time: a prediction may differ in its last bits when other rows
   * stand beside it.
   */
  public double[] scoreFew(ColumnBatch encoded) {
    int power = Integer.highestOneBit(Math.max(1, encoded.rows() - 1)) << 1;
    return score(encoded, Math.min(PIECE, Math.max(FEWEST, power)));
  }

  private double[] score(ColumnBatch encoded, int size) {
    EncodedRows rows = EncodedRows.of(encoded, columns);
    double[] predictions = new double[rows.rows() * objective.width()];
    double[] piece = new double[size * objective.width()];
    double[] sums = new double[size * objective.width()];
    for (int from = 0; from < rows.rows(); from += size) {
      int to = Math.min(rows.rows(), from + size);
      rows.numericRows(from, to, numeric.asFloatBuffer());
      rows.categoryRows(from, to, categories.asIntBuffer());
      Arrays.fill(sums, 0);
      for (ForwardPass member : members) {
        objective.predict(member.outputs(numeric, categories, size), size, piece);
        for (int i = 0; i < sums.length; i++) {
          sums[i] += piece[i];
        }
      }
      int width = objective.width();
      for (int i = 0; i < (to - from) * width; i++) {
        predictions[from * width + i] = sums[i] / members.size();
      }
    }
    return predictions;
  }

  /** The predicted class of a row of {@link #score}'s predictions; for classes alone. */
  public int predictedClass(double[] predictions, int row) {
    return PredictionColumns.predictedClass(predictions, row, objective.width());
  }

  @Override
  public void close() {
    members.forEach(ForwardPass::close);
  }
}
