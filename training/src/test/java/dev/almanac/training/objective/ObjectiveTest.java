package dev.almanac.training.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.almanac.training.ArraySource;
import dev.almanac.training.Problem;
import dev.almanac.training.graph.Distance;
import dev.almanac.training.graph.Graph;
import dev.almanac.training.graph.Precision;
import dev.almanac.training.model.ModelShape;
import dev.almanac.training.problem.TrainingException;
import dev.almanac.training.torch.TrainingStep;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ObjectiveTest {
  private static Objective number(double mean, double deviation) {
    return Regression.of(new Distance.Squared(), mean, deviation);
  }

  private static final Objective NUMBER = number(10, 4);
  private static final Objective TWO = new Binary(new float[0]);
  private static final Objective THREE = new Multiclass(3, new float[0]);

  /** The loss as a script has it, and its gradient by the outputs: those of a bias alone. */
  private static double loss(Objective objective, float[] outputs, float[] labels, float[] slope) {
    int rows = labels.length;
    int width = objective.outputs();
    // The outputs are the categories' own rows in a linear model without other features.
    var columns = List.of(Problem.category("row", 2 + rows));
    var settings = Problem.settings("{\"family\": \"linear\"}");
    var shape = new ModelShape(0, columns, width);
    Graph graph = settings.build(shape);
    float[] weights = new float[graph.length()];
    System.arraycopy(outputs, 0, weights, 2 * width, outputs.length);
    int[][] categories = new int[rows][1];
    for (int row = 0; row < rows; row++) {
      categories[row][0] = 2 + row;
    }
    ArraySource source = new ArraySource(new float[rows][0], categories, labels, rows);
    var optimizer = Problem.descent(1);
    try (TrainingStep step =
        new TrainingStep(
            Problem.COMPUTE,
            shape,
            graph,
            objective,
            optimizer,
            weights,
            rows,
            Precision.FLOAT32)) {
      step.add(source.rows(0, rows), 1.0 / rows);
      double[] gradient = step.gradient();
      for (int i = 0; i < outputs.length; i++) {
        slope[i] = (float) gradient[2 * width + i];
      }
      return step.loss() / rows;
    }
  }

  private static void equalsInBothForms(
      double expected, Objective objective, float[] outputs, float[] labels) {
    double mean = loss(objective, outputs, labels, new float[outputs.length]);
    assertEquals(expected, mean, 1e-6 * Math.max(1, expected));
    assertEquals(
        expected,
        objective.loss(outputs, labels, labels.length) / labels.length,
        1e-6 * Math.max(1, expected));
  }

  @Test
  void regressionIsTheSquaredErrorInStandardDeviations() {
    // (18 - 10) / 4 = 2 against 1.5; (6 - 10) / 4 = -1 against 1.
    equalsInBothForms((0.25 + 4) / 2, NUMBER, new float[] {1.5f, 1}, new float[] {18, 6});
  }

  @Test
  void twoClassesAreTheCrossEntropyOfTheSigmoid() {
    double p = 1 / (1 + Math.exp(-2));
    double q = 1 / (1 + Math.exp(0.5));
    equalsInBothForms(
        -(Math.log(p) + Math.log(1 - q)) / 2, TWO, new float[] {2, -0.5f}, new float[] {1, 0});
  }

  @Test
  void aWrongAndCertainLogitCostsItself() {
    equalsInBothForms(90, TWO, new float[] {-90}, new float[] {1});
    equalsInBothForms(90, TWO, new float[] {90}, new float[] {0});
  }

  @Test
  void twoClassesHaveTheSlopeOfTheSigmoidAlsoAtZero() {
    float[] slope = new float[4];
    loss(TWO, new float[] {0, 0, 3, -60}, new float[] {1, 0, 1, 0}, slope);
    float[] expected = {-0.5f / 4, 0.5f / 4, (float) ((1 / (1 + Math.exp(-3)) - 1) / 4), 0};
    assertArrayEquals(expected, slope, 1e-7f);
  }

  @Test
  void moreClassesAreTheCrossEntropyOfTheSoftmax() {
    double sum = Math.exp(1) + Math.exp(2) + Math.exp(-1);
    double expected = -(Math.log(Math.exp(2) / sum) + Math.log(1.0 / 3)) / 2;
    equalsInBothForms(expected, THREE, new float[] {1, 2, -1, 500, 500, 500}, new float[] {1, 2});
  }

  @Test
  void predictionsAreInTheLabelsUnitOrProbabilities() {
    double[] number = new double[2];
    NUMBER.predict(new float[] {0, -1.5f}, 2, number);
    assertArrayEquals(new double[] {10, 4}, number);
    double[] two = new double[2];
    TWO.predict(new float[] {0, -800}, 2, two);
    assertArrayEquals(new double[] {0.5, 0}, two, 1e-300);
    double[] three = new double[3];
    THREE.predict(new float[] {1, 1, 1}, 1, three);
    assertArrayEquals(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, three, 1e-15);
  }

  @Test
  void aLabelThatIsAlwaysTheSameIsNotDividedByZero() {
    equalsInBothForms(0.25, number(5, 0), new float[] {0.5f}, new float[] {5});
  }

  @Test
  void aLabelThatDoesNotSuitTheTaskIsAnError() {
    var number = Problem.number(0, 1);
    var three = Problem.classes("a", "b", "c");
    assertEquals(
        "Cannot train for regression on label 'y': it must be a number (it has 3 in the train split)",
        assertThrows(
                TrainingException.class,
                () -> Objective.of(Task.REGRESSION, LossChoice.usual(Task.REGRESSION), three, null))
            .getMessage());
    assertEquals(
        "Cannot train for binary on label 'y': it must have two classes (it has 3 in the train split)",
        assertThrows(
                TrainingException.class,
                () -> Objective.of(Task.BINARY, LossChoice.usual(Task.BINARY), three, null))
            .getMessage());
    assertEquals(
        "Cannot train for multiclass on label 'y': it must have three classes or more (it is a number)",
        assertThrows(
                TrainingException.class,
                () ->
                    Objective.of(Task.MULTICLASS, LossChoice.usual(Task.MULTICLASS), number, null))
            .getMessage());
  }

  private static Stream<Objective> examples() {
    return Stream.of(
        Regression.of(new Distance.Squared(), 10, 4),
        Regression.of(new Distance.Absolute(), 10, 4),
        Regression.of(new Distance.Huber(0.7), 10, 4),
        Regression.of(new Distance.Quantile(0.8), 10, 4),
        TWO,
        new Binary(new float[] {0.5f, 2}),
        THREE,
        new Multiclass(3, new float[] {1, 2, 0.5f}));
  }

  @Test
  void everyObjectiveAndEveryDistanceIsAmongTheExamples() {
    assertEquals(
        Set.of(Objective.class.getPermittedSubclasses()),
        examples().map(Objective::getClass).collect(Collectors.toSet()));
    assertEquals(
        Set.of(Distance.class.getPermittedSubclasses()),
        examples()
            .filter(Regression.class::isInstance)
            .map(example -> ((Regression) example).loss().distance().getClass())
            .collect(Collectors.toSet()));
    assertEquals(Distance.class.getPermittedSubclasses().length, NumberLoss.DISTANCES.size());
  }

  /** Outputs and labels of some rows. */
  private record Rows(float[] outputs, float[] labels) {
    static Rows of(Objective objective, int count) {
      SplittableRandom random = new SplittableRandom(11);
      float[] outputs = new float[count * objective.outputs()];
      for (int i = 0; i < outputs.length; i++) {
        outputs[i] = (float) random.nextGaussian();
      }
      float[] labels = new float[count];
      int classes = Math.max(2, objective.outputs());
      for (int i = 0; i < count; i++) {
        labels[i] =
            objective instanceof Regression
                ? (float) (10 + 4 * random.nextGaussian())
                : random.nextInt(classes);
      }
      return new Rows(outputs, labels);
    }

    Rows part(Objective objective, int from, int to) {
      int width = objective.outputs();
      return new Rows(
          Arrays.copyOfRange(outputs, from * width, to * width),
          Arrays.copyOfRange(labels, from, to));
    }

    double loss(Objective objective) {
      return objective.loss(outputs, labels, labels.length);
    }

    double[] predictions(Objective objective) {
      double[] predictions = new double[labels.length * objective.width()];
      objective.predict(outputs, labels.length, predictions);
      return predictions;
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theLossOfRowsIsThatOfTheirParts(Objective objective) {
    Rows all = Rows.of(objective, 9);
    double parts =
        all.part(objective, 0, 4).loss(objective) + all.part(objective, 4, 9).loss(objective);
    assertEquals(parts, all.loss(objective), 1e-12);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void aPredictionIsThatOfItsRowAlone(Objective objective) {
    Rows all = Rows.of(objective, 7);
    double[] together = all.predictions(objective);
    int width = objective.width();
    for (int row = 0; row < 7; row++) {
      assertArrayEquals(
          all.part(objective, row, row + 1).predictions(objective),
          Arrays.copyOfRange(together, row * width, (row + 1) * width));
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theScriptLowersTheLossThatIsMeasured(Objective objective) {
    Rows rows = Rows.of(objective, 8);
    float[] slope = new float[rows.outputs().length];
    double mean = loss(objective, rows.outputs(), rows.labels(), slope);
    assertEquals(rows.loss(objective) / 8, mean, 1e-5 * Math.max(1, mean));
    for (int i = 0; i < slope.length; i++) {
      float[] up = rows.outputs().clone();
      float[] down = rows.outputs().clone();
      up[i] += 1e-3f;
      down[i] -= 1e-3f;
      double difference =
          new Rows(up, rows.labels()).loss(objective)
              - new Rows(down, rows.labels()).loss(objective);
      assertEquals(difference / ((double) up[i] - down[i]) / 8, slope[i], 1e-4, "output " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void onlyRowsOfKnownClassesHaveALoss(Objective objective) {
    Rows rows = Rows.of(objective, 6);
    assertEquals(6, objective.known(rows.labels(), 6));
    if (!(objective instanceof Regression)) {
      double known = rows.part(objective, 0, 5).loss(objective);
      rows.labels()[5] = -1;
      assertEquals(5, objective.known(rows.labels(), 6));
      assertEquals(known, rows.loss(objective), 1e-12);
    }
  }
}
