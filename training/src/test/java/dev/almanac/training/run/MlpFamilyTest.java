package dev.almanac.training.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import dev.almanac.training.model.ModelFamilies;
import dev.almanac.training.model.TrainedModel;
import dev.almanac.training.model.Weights;
import dev.almanac.transforms.artifact.DatasetColumns;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MlpFamilyTest extends ModelFamilyContract {
  private static final List<DatasetColumns.Category> NOMINAL =
      List.of(Problem.category("id", 9), Problem.category("kind", 4));

  @Override
  String model() {
    return "{\"family\": \"mlp\", \"hidden\": [24, 12], \"embedding\": 4}";
  }

  private static DatasetColumns columns(Task task) {
    return Problem.columns(
        3,
        NOMINAL,
        switch (task) {
          case REGRESSION -> Problem.number(2, 3);
          case BINARY -> Problem.classes("no", "yes");
          case MULTICLASS -> Problem.classes("a", "b", "c");
        });
  }

  private static ArraySource rows(Task task) {
    ArraySource rows = Problem.features(20, 3, NOMINAL, 8, 20);
    for (int row = 0; row < 20; row++) {
      rows.labels()[row] =
          switch (task) {
            case REGRESSION -> 2 + 3 * rows.numeric()[row][1];
            case BINARY -> row % 2;
            case MULTICLASS -> row % 3;
          };
    }
    return rows;
  }

  /** The whole loss at these weights, summed in double from the model's own outputs. */
  private static double loss(
      Task task, float[] weights, String model, ArraySource rows, NDManager manager) {
    Objective objective = Objective.of(task, columns(task).label());
    TrainedModel moved =
        new TrainedModel(
            Problem.settings(model), Problem.shape(columns(task), objective.outputs()), weights);
    try (ForwardPass forward = new ForwardPass(moved, manager)) {
      BufferRows all = rows.rows(0, 20);
      float[] outputs = forward.outputs(all.numeric(), all.categories(), 20);
      return objective.loss(outputs, rows.labels(), 20) / 20;
    }
  }

  private static void checkGradient(Task task, String model, double tolerance) {
    Objective objective = Objective.of(task, columns(task).label());
    var settings = Problem.settings(model);
    var block =
        ModelFamilies.of("mlp")
            .build(Problem.shape(columns(task), objective.outputs()), settings, 4);
    ArraySource rows = rows(task);
    var optimizer = new TrainConfig.OptimizerConfig("sgd", 1, 0, "constant");
    try (NDManager manager = Problem.CPU.manager();
        TrainingStep step = new TrainingStep(manager, block, objective, optimizer)) {
      float[] gradient = step.gradient(rows.rows(0, 20));
      float[] weights = step.weights().copy();
      for (int i = 0; i < weights.length; i++) {
        float[] up = weights.clone();
        float[] down = weights.clone();
        up[i] += 5e-3f;
        down[i] -= 5e-3f;
        double slope =
            (loss(task, up, model, rows, manager) - loss(task, down, model, rows, manager))
                / ((double) up[i] - down[i]);
        assertEquals(slope, gradient[i], tolerance, "weight " + i);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Task.class)
  void theGradientIsTheSlopeOfTheWholeLoss(Task task) {
    checkGradient(task, "{\"hidden\": [7, 5], \"embedding\": 2, \"activation\": \"silu\"}", 2e-4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"relu", "silu", "gelu"})
  void theGradientIsTheSlopeForEachActivation(String activation) {
    // A relu that bends between the two points of a difference shows as a larger distance.
    checkGradient(
        Task.REGRESSION,
        "{\"hidden\": [6], \"embedding\": 2, \"activation\": \"%s\"}".formatted(activation),
        activation.equals("relu") ? 5e-3 : 2e-4);
  }

  @Test
  void anEmbeddingIsNoWiderThanHalfItsColumnsCategories() {
    var shape = Problem.shape(columns(Task.REGRESSION), 1);
    var settings = Problem.settings("{\"hidden\": [10], \"embedding\": 8}");
    long weights = ModelFamilies.of("mlp").build(shape, settings, 0).weights();
    // 9 categories: 5 numbers each; 4 categories: 2; then 3 + 5 + 2 inputs into 10 units into 1.
    assertEquals(9 * 5 + 4 * 2 + 10 * (3 + 5 + 2) + 10 + 10 + 1, weights);
  }

  @Test
  void dropoutChangesTrainingAndNotPredicting() {
    Task task = Task.REGRESSION;
    String model = "{\"hidden\": [50], \"dropout\": 0.5}";
    Objective objective = Objective.of(task, columns(task).label());
    var block =
        ModelFamilies.of("mlp").build(Problem.shape(columns(task), 1), Problem.settings(model), 4);
    var optimizer = new TrainConfig.OptimizerConfig("sgd", 1, 0, "constant");
    try (NDManager manager = Problem.CPU.manager();
        TrainingStep step = new TrainingStep(manager, block, objective, optimizer)) {
      Problem.CPU.seed(1);
      float[] one = step.gradient(rows(task).rows(0, 20));
      float[] other = step.gradient(rows(task).rows(0, 20));
      Problem.CPU.seed(1);
      assertTrue(Arrays.equals(one, step.gradient(rows(task).rows(0, 20))));
      assertFalse(Arrays.equals(one, other));
      float[] weights = step.weights().copy();
      assertEquals(
          loss(task, weights, model, rows(task), manager),
          loss(task, weights, model, rows(task), manager));
    }
  }

  @Test
  void anotherSeedBeginsWithOtherWeights() {
    var shape = Problem.shape(columns(Task.REGRESSION), 1);
    var family = ModelFamilies.of("mlp");
    try (NDManager manager = Problem.CPU.manager();
        var one = Weights.initial(family.build(shape, Problem.settings(model()), 1), manager);
        var other = Weights.initial(family.build(shape, Problem.settings(model()), 2), manager)) {
      assertFalse(Arrays.equals(one.copy(), other.copy()));
    }
  }
}
