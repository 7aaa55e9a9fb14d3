package dev.almanac.training.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import dev.almanac.training.model.ModelFamilies;
import dev.almanac.training.model.TrainedModel;
import dev.almanac.training.model.Weights;
import dev.almanac.transforms.artifact.DatasetColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every model family promises; a test of a family extends this. */
abstract class ModelFamilyContract {
  private static final List<DatasetColumns.Category> NOMINAL =
      List.of(Problem.category("id", 34), Problem.category("kind", 5));
  private static final DatasetColumns NUMBER = Problem.columns(4, NOMINAL, Problem.number(100, 20));

  /** The {@code model:} section of a small model of the family. */
  abstract String model();

  /** The first weights of a model for this seed. */
  private float[] initial(long seed) {
    var settings = Problem.settings(model());
    var block = ModelFamilies.of(settings.family()).build(Problem.shape(NUMBER, 1), settings, seed);
    try (NDManager manager = Problem.CPU.manager();
        Weights weights = Weights.initial(block, manager)) {
      return weights.copy();
    }
  }

  /** 32 rows, each of a category of its own. */
  private static ArraySource few(float[] labels) {
    ArraySource rows = Problem.features(32, 4, NOMINAL, 5, 32);
    for (int row = 0; row < 32; row++) {
      rows.categories()[row][0] = 2 + row;
      rows.labels()[row] = labels[row % labels.length];
    }
    return rows;
  }

  private TrainingLoop.Outcome train(Task task, DatasetColumns columns, ArraySource rows)
      throws IOException {
    TrainConfig config = Problem.config(task, model(), "adam", 0.03, 250);
    return new TrainingLoop(config, columns, Problem.CPU).run(rows, rows, Journal.silent());
  }

  @Test
  void overfits32Numbers() throws IOException {
    var outcome = train(Task.REGRESSION, NUMBER, few(new float[] {61, 140, 99, 123, 87, 71, 105}));
    assertTrue(outcome.validation().get("mae") < 0.5, outcome.validation().toString());
  }

  @Test
  void overfits32RowsOfTwoClasses() throws IOException {
    DatasetColumns columns = Problem.columns(4, NOMINAL, Problem.classes("no", "yes"));
    var outcome = train(Task.BINARY, columns, few(new float[] {0, 1, 1, 0, 1}));
    assertEquals(1.0, outcome.validation().get("accuracy"));
    assertEquals(1.0, outcome.validation().get("auc"));
  }

  @Test
  void overfits32RowsOfThreeClasses() throws IOException {
    DatasetColumns columns = Problem.columns(4, NOMINAL, Problem.classes("a", "b", "c"));
    var outcome = train(Task.MULTICLASS, columns, few(new float[] {0, 2, 1, 1, 2, 0, 2}));
    assertEquals(1.0, outcome.validation().get("accuracy"));
    assertEquals(1.0, outcome.validation().get("auc"));
  }

  @Test
  void theSameSeedTrainsTheSameWeights() throws IOException {
    ArraySource rows = few(new float[] {61, 140, 99});
    assertArrayEquals(
        train(Task.REGRESSION, NUMBER, rows).model().weights(),
        train(Task.REGRESSION, NUMBER, rows).model().weights());
  }

  @Test
  void theSameSeedBeginsWithTheSameWeights() {
    assertArrayEquals(initial(11), initial(11));
  }

  @Test
  void savesAndLoadsTheSameBytes(@TempDir Path folder) throws IOException {
    TrainedModel model = train(Task.REGRESSION, NUMBER, few(new float[] {61, 140})).model();
    model.save(folder.resolve("a").toString());
    TrainedModel loaded = TrainedModel.open(folder.resolve("a").toString());
    loaded.save(folder.resolve("b").toString());
    assertArrayEquals(model.weights(), loaded.weights());
    for (String name : List.of(TrainedModel.FILE, TrainedModel.WEIGHTS)) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("a").resolve(name)),
          Files.readAllBytes(folder.resolve("b").resolve(name)));
    }
  }

  @Test
  void trainsOnBatchesOfOne() throws IOException {
    ArraySource all = few(new float[] {61, 140});
    ArraySource ones = new ArraySource(all.numeric(), all.categories(), all.labels(), 1);
    TrainConfig config = Problem.config(Task.REGRESSION, model(), "adam", 0.003, 2);
    var outcome = new TrainingLoop(config, NUMBER, Problem.CPU).run(ones, ones, Journal.silent());
    assertEquals(2, outcome.result().epochs());
    assertTrue(Double.isFinite(outcome.result().trainLoss()));
  }

  @Test
  void worksWithoutNumericAndWithoutNominalColumns() throws IOException {
    for (DatasetColumns columns :
        List.of(
            Problem.columns(0, NOMINAL, Problem.number(0, 1)),
            Problem.columns(3, List.of(), Problem.number(0, 1)))) {
      ArraySource rows = Problem.features(10, columns.numeric().size(), columns.nominal(), 3, 4);
      var config = Problem.config(Task.REGRESSION, model(), "adamw", 0.01, 1);
      var outcome =
          new TrainingLoop(config, columns, Problem.CPU).run(rows, null, Journal.silent());
      assertEquals(1, outcome.result().bestEpoch());
    }
  }

  @Test
  void anUnseenCategoryPredictsTheMeanOfThoseSeen() throws IOException {
    DatasetColumns columns =
        Problem.columns(0, List.of(Problem.category("id", 6)), Problem.number(0, 1));
    float[] labels = {-1, 0, 1, 4};
    int[][] ids = {{2}, {3}, {4}, {5}};
    ArraySource rows = new ArraySource(new float[4][0], ids, labels, 4);
    TrainConfig config = Problem.config(Task.REGRESSION, model(), "adam", 0.02, 60);
    TrainedModel model =
        new TrainingLoop(config, columns, Problem.CPU).run(rows, null, Journal.silent()).model();
    ArraySource unseen = new ArraySource(new float[2][0], new int[][] {{0}, {1}}, new float[2], 2);
    try (NDManager manager = Problem.CPU.manager();
        ForwardPass forward = new ForwardPass(model, manager)) {
      BufferRows two = unseen.rows(0, 2);
      float[] outputs = forward.outputs(two.numeric(), two.categories(), 2);
      assertEquals(outputs[0], outputs[1], "NULL and unknown were both never seen");
      BufferRows four = rows.rows(0, 4);
      float[] seen = forward.outputs(four.numeric(), four.categories(), 4);
      Arrays.sort(seen);
      assertTrue(outputs[0] > seen[0] && outputs[0] < seen[3], outputs[0] + " not amid the others");
      assertFalse(outputs[0] == 0f);
    }
  }
}
