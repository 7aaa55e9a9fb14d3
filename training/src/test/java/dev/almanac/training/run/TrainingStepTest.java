package dev.almanac.training.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import dev.almanac.training.model.ModelFamilies;
import dev.almanac.transforms.artifact.DatasetColumns;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingStepTest {
  private static final DatasetColumns COLUMNS =
      Problem.columns(3, List.of(Problem.category("id", 6)), Problem.number(0, 1));

  private static TrainingStep step(NDManager manager, double rate) {
    var block =
        ModelFamilies.of("mlp")
            .build(Problem.shape(COLUMNS, 1), Problem.settings("{\"hidden\": [8]}"), 1);
    return new TrainingStep(
        manager,
        block,
        new Regression(0, 1),
        new TrainConfig.OptimizerConfig("adamw", rate, 0.1, "constant"));
  }

  @Test
  void stepsLeaveNoTensorsBehind() {
    ArraySource rows = Problem.features(40, 3, COLUMNS.nominal(), 2, 40);
    try (NDManager manager = Problem.CPU.manager();
        TrainingStep step = step(manager, 0.01);
        LossMeter meter = new LossMeter(Problem.CPU)) {
      step.step(rows.rows(0, 40), 0.01, meter);
      int before = step.tensors();
      for (int i = 0; i < 50; i++) {
        step.step(rows.rows(0, 40), 0.01, meter);
      }
      assertEquals(before, step.tensors());
    }
  }

  @Test
  void theGradientOfABatchIsTheMeanOfItsRowsGradients() {
    ArraySource rows = Problem.features(10, 3, COLUMNS.nominal(), 2, 10);
    for (int i = 0; i < 10; i++) {
      rows.labels()[i] = i;
    }
    try (NDManager manager = Problem.CPU.manager();
        TrainingStep step = step(manager, 0.01)) {
      float[] mean = new float[step.weights().length()];
      for (int row = 0; row < 10; row++) {
        float[] one = step.gradient(rows.rows(row, row + 1));
        for (int i = 0; i < mean.length; i++) {
          mean[i] += one[i] / 10;
        }
      }
      assertArrayEquals(mean, step.gradient(rows.rows(0, 10)), 1e-5f);
    }
  }

  @Test
  void askingForAGradientTwiceGivesItTwice() {
    ArraySource rows = Problem.features(10, 3, COLUMNS.nominal(), 2, 10);
    try (NDManager manager = Problem.CPU.manager();
        TrainingStep step = step(manager, 0.01)) {
      assertArrayEquals(step.gradient(rows.rows(0, 10)), step.gradient(rows.rows(0, 10)));
    }
  }
}
