package dev.almanac.training.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.almanac.training.ArraySource;
import dev.almanac.training.Problem;
import dev.almanac.training.config.DeviceChoice;
import dev.almanac.training.config.OptimizerConfig;
import dev.almanac.training.graph.Graph;
import dev.almanac.training.graph.Precision;
import dev.almanac.training.graph.TrainColumns;
import dev.almanac.training.objective.Task;
import dev.almanac.training.optimize.AdamW;
import dev.almanac.training.optimize.Constant;
import dev.almanac.transforms.manifest.DatasetColumns;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingStepTest {
  private static final DatasetColumns COLUMNS =
      Problem.columns(3, List.of(Problem.category("id", 6)), Problem.number(0, 1));

  private static TrainingStep step(double averageDecay) {
    Graph graph = Problem.settings("{\"hidden\": [8]}").build(Problem.shape(COLUMNS, 1));
    var config =
        new OptimizerConfig(new AdamW(0.1, 0.9, 0.999), 0.01, new Constant(0), 0, averageDecay);
    return new TrainingStep(
        Problem.COMPUTE,
        Problem.shape(COLUMNS, 1),
        graph,
        Problem.objective(Task.REGRESSION, COLUMNS),
        config,
        graph.initial(1, TrainColumns.NONE),
        64,
        Precision.FLOAT32);
  }

  private static ArraySource rows() {
    ArraySource rows = Problem.features(40, 3, COLUMNS.nominal(), 2, 40);
    for (int i = 0; i < 40; i++) {
      rows.labels()[i] = i / 10f;
    }
    return rows;
  }

  @Test
  void stepsLeaveNoTensorsBehind() {
    try (TrainingStep step = step(0.9)) {
      step.add(rows().rows(0, 40), 1 / 40.0);
      step.move(0.01, 1);
      int before = step.tensors();
      for (int i = 0; i < 50; i++) {
        step.add(rows().rows(0, 40), 1 / 40.0);
        step.move(0.01, 1);
      }
      assertEquals(before, step.tensors());
    }
  }

  @Test
  void theGradientOfBatchesAddedUpIsThatOfTheirRowsTogether() {
    try (TrainingStep step = step(0)) {
      for (int row = 0; row < 40; row += 10) {
        step.add(rows().rows(row, row + 10), 1 / 40.0);
      }
      double[] parts = step.gradient();
      step.forget();
      step.add(rows().rows(0, 40), 1 / 40.0);
      assertArrayEquals(parts, step.gradient(), 1e-6);
    }
  }

  @Test
  void askingForAGradientTwiceGivesItTwice() {
    try (TrainingStep step = step(0)) {
      step.add(rows().rows(0, 10), 0.1);
      double[] one = step.gradient();
      step.forget();
      step.add(rows().rows(0, 10), 0.1);
      assertArrayEquals(one, step.gradient());
    }
  }

  @Test
  void theLengthOfTheGradientIsKnown() {
    try (TrainingStep step = step(0)) {
      step.add(rows().rows(0, 40), 1 / 40.0);
      double sum = 0;
      for (double slope : step.gradient()) {
        sum += slope * slope;
      }
      assertEquals(Math.sqrt(sum), step.gradientLength(), 1e-5 * Math.sqrt(sum));
    }
  }

  private static double[] gradient() {
    try (TrainingStep step = step(0)) {
      step.add(rows().rows(0, 40), 1 / 40.0);
      return step.gradient();
    }
  }

  @Test
  void severalThreadsAddUpTheSameSlopesInEachRun() {
    double[] alone = gradient();
    Compute.start(DeviceChoice.CPU, 2);
    try {
      double[] together = gradient();
      assertArrayEquals(alone, together, 1e-6);
      assertArrayEquals(together, gradient());
    } finally {
      Compute.start(DeviceChoice.CPU, 1);
    }
  }

  @Test
  void averagedWeightsLieBetweenThoseOfTheSteps() {
    try (TrainingStep step = step(0.5)) {
      float[] expected = step.weights();
      for (int i = 1; i <= 5; i++) {
        step.add(rows().rows(0, 40), 1 / 40.0);
        step.move(0.01, 1);
        float[] now = step.weights();
        double decay = Math.min(0.5, (1.0 + i) / (10.0 + i));
        for (int w = 0; w < now.length; w++) {
          expected[w] += (float) ((1 - decay) * (now[w] - expected[w]));
        }
      }
      float[] average = step.state().get(step.state().size() - 1);
      assertArrayEquals(expected, average, 1e-6f);
    }
  }

  @Test
  void goingOnFromAStateGivesTheSameWeights() {
    try (TrainingStep one = step(0.9);
        TrainingStep other = step(0.9)) {
      for (int i = 0; i < 3; i++) {
        one.add(rows().rows(0, 40), 1 / 40.0);
        one.move(0.01, 1);
      }
      other.restore(one.state(), one.steps());
      for (TrainingStep step : List.of(one, other)) {
        step.add(rows().rows(0, 20), 1 / 20.0);
        step.move(0.01, 0.5);
      }
      assertArrayEquals(one.weights(), other.weights());
      assertArrayEquals(one.settled(), other.settled());
    }
  }
}
