package dev.almanac.training.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.training.ArraySource;
import dev.almanac.training.Problem;
import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.feed.BufferRows;
import dev.almanac.training.feed.TrainSample;
import dev.almanac.training.graph.Distance;
import dev.almanac.training.graph.Graph;
import dev.almanac.training.graph.Precision;
import dev.almanac.training.model.TrainedModel;
import dev.almanac.training.objective.ClassLoss;
import dev.almanac.training.objective.LossChoice;
import dev.almanac.training.objective.NumberLoss;
import dev.almanac.training.objective.Objective;
import dev.almanac.training.objective.Task;
import dev.almanac.training.run.Journal;
import dev.almanac.training.torch.ForwardPass;
import dev.almanac.training.torch.TrainingStep;
import dev.almanac.transforms.manifest.DatasetColumns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every model family promises; a test of a family extends this. */
abstract class ModelFamilyContract {
  private static final List<DatasetColumns.Category> NOMINAL =
      List.of(Problem.category("id", 34), Problem.category("kind", 5));
  private static final int ROWS = 150;
  private static final int MOST_WEIGHTS = 80;
  private static final DatasetColumns NUMBER = Problem.columns(4, NOMINAL, Problem.number(100, 20));

  /** The {@code model:} section of a small model of the family. */
  abstract String model();

  /** The first weights of a model for this seed. */
  private float[] initial(long seed) {
    var settings = Problem.settings(model());
    Graph graph = settings.build(Problem.shape(NUMBER, 1));
    return graph.initial(seed, sample(Problem.features(500, 4, NOMINAL, 3, 500)));
  }

  private static TrainSample sample(ArraySource rows) {
    try {
      return TrainSample.of(rows, rows.numeric()[0].length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DatasetColumns.Label label(Task task) {
    return switch (task) {
      case REGRESSION -> Problem.number(2, 3);
      case BINARY -> Problem.classes("no", "yes");
      case MULTICLASS -> Problem.classes("a", "b", "c");
    };
  }

  /** A model, somewhere in the middle of its training, and a batch. */
  private record Midway(
      DatasetColumns columns, Objective objective, ArraySource rows, Graph graph, float[] weights) {
    TrainingStep step(Precision precision) {
      var optimizer = Problem.descent(1);
      var shape = Problem.shape(columns, objective.outputs());
      return new TrainingStep(
          Problem.COMPUTE, shape, graph, objective, optimizer, weights, 64, precision);
    }

    double[] gradient(Precision precision) {
      try (TrainingStep step = step(precision)) {
        loss(step, weights, rows);
        return step.gradient();
      }
    }
  }

  private static Midway midway(String model, Task task, LossChoice loss) {
    DatasetColumns columns = Problem.columns(4, NOMINAL, label(task));
    Objective objective = Objective.of(task, loss, columns.label(), new long[] {5, 2, 1});
    ArraySource rows = Problem.features(ROWS, 4, NOMINAL, 8, ROWS);
    for (int row = 0; row < ROWS; row++) {
      rows.labels()[row] =
          task == Task.REGRESSION
              ? 2 + 9 * rows.numeric()[row][1]
              : row % (task == Task.BINARY ? 2 : 3);
    }
    var settings = Problem.settings(model);
    var shape = Problem.shape(columns, objective.outputs());
    Graph graph = settings.build(shape);
    float[] weights = graph.initial(4, sample(rows));
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < graph.trainedLength(); i++) {
      // Away from 0, where a category never seen or a bias would hide a mistake.
      weights[i] += (float) (0.1 * random.nextDouble() + 0.05);
    }
    return new Midway(columns, objective, rows, graph, weights);
  }

  /**
   * The slopes of the summed loss, in float64, beside its differences at neighbouring weights. Rows
   * are more than a slice has, and dropout draws the same numbers each time.
   */
  private static void checkGradient(String model, Task task, LossChoice loss) {
    Midway midway = midway(model, task, loss);
    Graph graph = midway.graph();
    float[] weights = midway.weights();
    ArraySource rows = midway.rows();
    SplittableRandom random = new SplittableRandom(6);
    try (TrainingStep step = midway.step(Precision.FLOAT64)) {
      loss(step, weights, rows);
      double[] gradient = step.gradient();
      double largest = Arrays.stream(gradient).map(Math::abs).max().orElseThrow();
      int stride = 1 + graph.trainedLength() / MOST_WEIGHTS;
      for (int i = random.nextInt(stride); i < graph.trainedLength(); i += stride) {
        double slope = slope(step, weights, i, 2e-5f, rows);
        if (Math.abs(slope - gradient[i]) > 1e-6 * largest) {
          // Perhaps a relu bends between the two points: it does not between two closer ones.
          slope = slope(step, weights, i, 2e-6f, rows);
        }
        assertEquals(slope, gradient[i], 1e-6 * largest, "weight " + i);
      }
    }
  }

  private static double slope(
      TrainingStep step, float[] weights, int i, float distance, ArraySource rows) {
    float[] up = weights.clone();
    float[] down = weights.clone();
    up[i] += distance;
    down[i] -= distance;
    return (loss(step, up, rows) - loss(step, down, rows)) / ((double) up[i] - down[i]) / ROWS;
  }

  private static double loss(TrainingStep step, float[] weights, ArraySource rows) {
    List<float[]> state = step.state();
    state.set(0, weights);
    step.restore(state, 1);
    Problem.COMPUTE.seed(17);
    step.add(rows.rows(0, ROWS), 1.0 / ROWS);
    double loss = step.loss();
    step.forget();
    return loss;
  }

  @ParameterizedTest
  @EnumSource(Task.class)
  void theGradientIsTheSlopeOfTheWholeLoss(Task task) {
    checkGradient(model(), task, LossChoice.usual(task));
  }

  private static Stream<Distance> distances() {
    return Stream.of(
        new Distance.Squared(),
        new Distance.Absolute(),
        new Distance.Huber(0.7),
        new Distance.Quantile(0.8));
  }

  @ParameterizedTest
  @MethodSource("distances")
  void theGradientIsTheSlopeForEachLoss(Distance distance) {
    checkGradient(model(), Task.REGRESSION, new NumberLoss(distance));
  }

  @Test
  void everyLossOfANumberIsAmongThem() {
    assertEquals(
        Set.of(Distance.class.getPermittedSubclasses()),
        distances().map(Distance::getClass).collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @EnumSource(names = {"BINARY", "MULTICLASS"})
  void theGradientIsTheSlopeWhenClassesWeighDifferently(Task task) {
    String first = label(task).classes().get(0);
    var config = new ClassLoss(true, Map.of(first, 1.5));
    checkGradient(model(), task, config);
  }

  /** Other settings of the family that change its layers. */
  Stream<String> variants() {
    return Stream.of();
  }

  @TestFactory
  Stream<DynamicTest> theGradientIsTheSlopeForEachVariant() {
    return variants()
        .map(
            variant ->
                DynamicTest.dynamicTest(
                    variant,
                    () ->
                        checkGradient(
                            variant, Task.REGRESSION, LossChoice.usual(Task.REGRESSION))));
  }

  /** How far a gradient lies from float64's, as a share of its length. */
  static double distance(String model, Precision precision) {
    Midway midway = midway(model, Task.REGRESSION, LossChoice.usual(Task.REGRESSION));
    double[] exact = midway.gradient(Precision.FLOAT64);
    double[] rounded = midway.gradient(precision);
    double length = 0;
    double distance = 0;
    for (int i = 0; i < exact.length; i++) {
      length += exact[i] * exact[i];
      distance += (exact[i] - rounded[i]) * (exact[i] - rounded[i]);
    }
    return Math.sqrt(distance / length);
  }

  /** Where dropout draws, it draws others in another precision. */
  @TestFactory
  Stream<DynamicTest> aCoarserPrecisionGivesNearlyTheSameGradient() {
    return Stream.concat(Stream.of(model()), variants())
        .filter(model -> !model.contains("dropout"))
        .map(
            model ->
                DynamicTest.dynamicTest(
                    model,
                    () -> {
                      assertEquals(0, distance(model, Precision.FLOAT32), 1e-5);
                      assertEquals(0, distance(model, Precision.BFLOAT16), 0.05);
                    }));
  }

  @Test
  void trainsInBfloat16TheSameWeightsEachTime() throws IOException {
    TrainConfig config =
        Problem.changed(
            Problem.config(Task.REGRESSION, model(), "adam", 0.03, 250),
            "{\"precision\": \"bfloat16\"}");
    ArraySource rows = few(new float[] {61, 140, 99, 123, 87, 71, 105});
    var first = Problem.loop(config, NUMBER).run(rows, rows, Journal.silent());
    var second = Problem.loop(config, NUMBER).run(rows, rows, Journal.silent());
    assertTrue(first.validation().get("mae") < 2, first.validation().toString());
    assertArrayEquals(first.model().weights(), second.model().weights());
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
    return Problem.loop(config, columns).run(rows, rows, Journal.silent());
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
    var outcome = Problem.loop(config, NUMBER).run(ones, ones, Journal.silent());
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
      var outcome = Problem.loop(config, columns).run(rows, null, Journal.silent());
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
    TrainedModel model = Problem.loop(config, columns).run(rows, null, Journal.silent()).model();
    ArraySource unseen = new ArraySource(new float[2][0], new int[][] {{0}, {1}}, new float[2], 2);
    try (ForwardPass forward = new ForwardPass(model, Problem.COMPUTE)) {
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
