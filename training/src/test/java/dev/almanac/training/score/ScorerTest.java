package dev.almanac.training.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.almanac.training.Problem;
import dev.almanac.training.graph.TrainColumns;
import dev.almanac.training.model.Ensemble;
import dev.almanac.training.model.TrainedModel;
import dev.almanac.training.objective.Task;
import dev.almanac.training.problem.TrainingException;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.IntColumn;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.manifest.DatasetColumns;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScorerTest {
  private static final DatasetColumns COLUMNS =
      Problem.columns(2, List.of(Problem.category("id", 7)), Problem.number(50, 9));

  private static Scorer scorer() {
    var settings = Problem.settings("{\"hidden\": [64, 32]}");
    var shape = Problem.shape(COLUMNS, 1);
    float[] weights = settings.build(shape).initial(3, TrainColumns.NONE);
    return new Scorer(
        Ensemble.of(new TrainedModel(settings, shape, weights)),
        COLUMNS,
        Problem.objective(Task.REGRESSION, COLUMNS),
        Problem.COMPUTE);
  }

  /** Columns in another order than the model's, with one that it does not read. */
  private static ColumnBatch batch(int rows) {
    SplittableRandom random = new SplittableRandom(6);
    float[] x0 = new float[rows];
    float[] x1 = new float[rows];
    int[] id = new int[rows];
    for (int row = 0; row < rows; row++) {
      x0[row] = (float) random.nextGaussian();
      x1[row] = (float) random.nextGaussian();
      id[row] = random.nextInt(7);
    }
    return ColumnBatch.of(
        TableSchema.of(
            Field.required("id", ColumnType.INT32),
            Field.required("x1", ColumnType.FLOAT32),
            Field.required("other", ColumnType.DOUBLE),
            Field.required("x0", ColumnType.FLOAT32)),
        new IntColumn(id),
        new FloatColumn(x1),
        DoubleColumn.of(new double[rows]),
        new FloatColumn(x0));
  }

  @Test
  void howRowsAreCutIntoBatchesDoesNotChangeAPrediction() {
    ColumnBatch all = batch(3000);
    try (Scorer scorer = scorer()) {
      double[] whole = scorer.score(all);
      for (int size : new int[] {1, 7, 1024, 1100}) {
        for (int from = 0; from < 3000; from += Math.max(size, 700)) {
          int[] rows = IntStream.range(from, Math.min(3000, from + size)).toArray();
          double[] piece = scorer.score(all.take(rows));
          for (int i = 0; i < rows.length; i++) {
            assertEquals(whole[rows[i]], piece[i], "row " + rows[i] + " in a batch of " + size);
          }
        }
      }
    }
  }

  @Test
  void columnsAreTakenByName() {
    try (Scorer scorer = scorer()) {
      ColumnBatch batch = batch(20);
      assertEquals(
          Arrays.toString(scorer.score(batch)),
          Arrays.toString(scorer.score(batch.select(List.of("x0", "x1", "id")))));
    }
  }

  @Test
  void noRowsHaveNoPredictions() {
    try (Scorer scorer = scorer()) {
      assertEquals(0, scorer.score(batch(0)).length);
    }
  }

  @Test
  void aMissingColumnIsNamed() {
    try (Scorer scorer = scorer()) {
      var error =
          assertThrows(
              TrainingException.class, () -> scorer.score(batch(3).select(List.of("x1", "id"))));
      assertEquals(
          "Cannot score: the model reads a column 'x0' of float32 (the columns are [x1, id])",
          error.getMessage());
    }
  }

  @Test
  void aCategoryThatTheModelDoesNotKnowIsAnError() {
    try (Scorer scorer = scorer()) {
      ColumnBatch batch =
          batch(2).with(Field.required("id", ColumnType.INT32), new IntColumn(new int[] {0, 7}));
      var error = assertThrows(TrainingException.class, () -> scorer.score(batch));
      assertEquals(
          "Cannot score column 'id': the model knows the indices 0 to 6 (7); encode with the run's own transform",
          error.getMessage());
    }
  }
}
