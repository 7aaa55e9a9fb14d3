package dev.almanac.training.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import dev.almanac.training.ArraySource;
import dev.almanac.training.Problem;
import dev.almanac.training.graph.Graph;
import dev.almanac.training.graph.Parameter;
import dev.almanac.training.graph.Precision;
import dev.almanac.training.graph.TrainColumns;
import dev.almanac.training.model.ModelShape;
import dev.almanac.training.objective.Task;
import dev.almanac.training.torch.TrainingStep;
import dev.almanac.transforms.manifest.DatasetColumns;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MlpFamilyTest extends ModelFamilyContract {
  private static final List<DatasetColumns.Category> NOMINAL =
      List.of(Problem.category("id", 9), Problem.category("kind", 4));
  private static final DatasetColumns COLUMNS = Problem.columns(3, NOMINAL, Problem.number(2, 3));
  private static final int ROWS = 700;

  @Override
  String model() {
    return "{\"family\": \"mlp\", \"hidden\": [24, 12], \"embedding\": 4}";
  }

  @Override
  Stream<String> variants() {
    return Stream.of(
        "{\"hidden\": [7, 5], \"activation\": \"silu\", \"norm\": \"layer\"}",
        "{\"hidden\": [7, 5], \"activation\": \"gelu\", \"norm\": \"batch\"}",
        "{\"hidden\": [7], \"dropout\": 0.4}",
        "{\"hidden\": [7, 5], \"members\": 3}",
        "{\"hidden\": [7], \"members\": 3, \"norm\": \"batch\", \"numeric-embedding\": \"both\"}",
        "{\"hidden\": [6], \"numeric-embedding\": \"periodic\", \"frequencies\": 3}",
        "{\"hidden\": [6], \"numeric-embedding\": \"piecewise-linear\", \"bins\": 4}",
        "{\"hidden\": [6], \"numeric-embedding\": \"both\", \"bins\": 4, \"frequencies\": 3}");
  }

  private static ArraySource rows() {
    ArraySource rows = Problem.features(ROWS, 3, NOMINAL, 8, ROWS);
    for (int row = 0; row < ROWS; row++) {
      rows.labels()[row] = 2 + 3 * rows.numeric()[row][1];
    }
    return rows;
  }

  /** The same network op by op, its gradient by PyTorch's autograd. */
  private static float[] autograd(Graph graph, float[] weights, String activation) {
    ArraySource rows = rows();
    try (NDManager manager = Engine.getInstance().newBaseManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray leaf = manager.create(weights);
      leaf.setRequiresGradient(true);
      NDList parts = new NDList();
      for (int place = 0; place < graph.parameters().size(); place++) {
        Parameter parameter = graph.parameters().get(place);
        int from = graph.offset(place);
        parts.add(
            leaf.get("%d:%d".formatted(from, from + parameter.size()))
                .reshape(parameter.dimensions().stream().mapToLong(d -> d).toArray()));
      }
      NDList inputs = new NDList(manager.create(rows.numeric()));
      for (int column = 0; column < 2; column++) {
        long[] table = new long[ROWS];
        for (int row = 0; row < ROWS; row++) {
          table[row] = graph.table().firstRow(column) + rows.categories()[row][column];
        }
        inputs.add(
            ai.djl.nn.core.Embedding.embedding(
                    manager.create(table), parts.get(0), ai.djl.ndarray.types.SparseFormat.DENSE)
                .singletonOrThrow());
      }
      NDArray units = NDArrays.concat(inputs, 1);
      for (int layer = 1; layer < parts.size(); layer += 2) {
        units = Linear.linear(units, parts.get(layer), parts.get(layer + 1)).singletonOrThrow();
        if (layer + 2 < parts.size()) {
          units =
              switch (activation) {
                case "relu" -> Activation.relu(units);
                case "silu" -> Activation.swish(units, 1f);
                default -> Activation.gelu(units);
              };
        }
      }
      NDArray wanted = manager.create(rows.labels()).sub(2f).mul((float) (1 / 3.0));
      collector.backward(units.reshape(new Shape(-1)).sub(wanted).square().mean());
      return leaf.getGradient().toFloatArray();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"relu", "silu", "gelu"})
  void theWrittenOutGradientIsAutograds(String activation) {
    ModelShape shape = Problem.shape(COLUMNS, 1);
    var settings =
        Problem.settings(
            "{\"hidden\": [64, 32], \"embedding\": 5, \"activation\": \"%s\"}"
                .formatted(activation));
    Graph graph = settings.build(shape);
    float[] weights = graph.initial(4, TrainColumns.NONE);
    float[] expected = autograd(graph, weights, activation);
    var optimizer = Problem.descent(1);
    try (TrainingStep step =
        new TrainingStep(
            Problem.COMPUTE,
            shape,
            graph,
            Problem.objective(Task.REGRESSION, COLUMNS),
            optimizer,
            weights,
            128,
            Precision.FLOAT32)) {
      step.add(rows().rows(0, ROWS), 1.0 / ROWS);
      double[] written = step.gradient();
      double largest = Arrays.stream(written).map(Math::abs).max().orElseThrow();
      double[] autograd = new double[expected.length];
      Arrays.setAll(autograd, i -> expected[i]);
      assertArrayEquals(autograd, written, 1e-5 * largest);
    }
  }

  @Test
  void anEmbeddingIsNoWiderThanHalfTheLargestColumnsCategories() {
    var settings = Problem.settings("{\"hidden\": [10], \"embedding\": 8}");
    Graph graph = settings.build(Problem.shape(COLUMNS, 1));
    // 9 and 4 categories: 5 numbers each; then 3 + 2 * 5 inputs into 10 units into 1.
    assertEquals((9 + 4) * 5 + 10 * (3 + 10) + 10 + 10 + 1, graph.length());
  }

  @Test
  void anotherSeedBeginsWithOtherWeights() {
    Graph graph = Problem.settings(model()).build(Problem.shape(COLUMNS, 1));
    assertFalse(
        Arrays.equals(graph.initial(1, TrainColumns.NONE), graph.initial(2, TrainColumns.NONE)));
  }

  @Test
  void bfloat16IsCoarserThanFloat32() {
    assertTrue(distance(model(), Precision.FLOAT32) > 0);
    assertTrue(distance(model(), Precision.BFLOAT16) > 100 * distance(model(), Precision.FLOAT32));
  }
}
