package dev.almanac.training.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTest {
  private static final int ROWS = 400;

  private final SplittableRandom random = new SplittableRandom(17);

  private double[] numbers(int count) {
    double[] numbers = new double[count];
    Arrays.setAll(numbers, i -> random.nextDouble());
    return numbers;
  }

  private float[] classes(int count) {
    float[] classes = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      classes[i] = random.nextInt(count);
    }
    return classes;
  }

  /** The definition: every pair of a positive and a negative. */
  private static double area(double[] scores, boolean[] positive) {
    double right = 0;
    long pairs = 0;
    for (int i = 0; i < scores.length; i++) {
      for (int j = 0; j < scores.length; j++) {
        if (positive[i] && !positive[j]) {
          pairs++;
          right += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
        }
      }
    }
    return right / pairs;
  }

  private static double area(double[] scores, float[] labels, int of) {
    boolean[] positive = new boolean[labels.length];
    for (int i = 0; i < positive.length; i++) {
      positive[i] = labels[i] == of;
    }
    return area(scores, positive);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1000})
  void theAreaIsTheShareOfPairsInOrderWithTiesHalf(int levels) {
    double[] scores = numbers(ROWS);
    Arrays.setAll(scores, i -> Math.floor(scores[i] * levels) / levels);
    float[] labels = classes(2);
    BinaryMetrics metrics = new BinaryMetrics();
    metrics.add(scores, labels, ROWS);
    assertEquals(area(scores, labels, 1), metrics.values().get("auc"), 1e-15);
  }

  @Test
  void rowsOfAClassThatTrainHasNotAreWrongAndInNoLoss() {
    double[] scores = {0.9, 0.2, 0.7, 0.4};
    float[] labels = {1, 0, 0, 1};
    BinaryMetrics known = new BinaryMetrics();
    known.add(scores, labels, 4);
    BinaryMetrics all = new BinaryMetrics();
    all.add(scores, labels, 4);
    all.add(new double[] {0.1, 0.99}, new float[] {-1, -2}, 2);
    assertEquals(known.values().get("accuracy") * 4 / 6, all.values().get("accuracy"), 1e-15);
    assertEquals(known.values().get("log-loss"), all.values().get("log-loss"));
    assertEquals(known.values().get("auc"), all.values().get("auc"));

    MulticlassMetrics many = new MulticlassMetrics(3);
    many.add(new double[] {0.5, 0.3, 0.2, 0.1, 0.1, 0.8}, new float[] {0, -1}, 2);
    assertEquals(0.5, many.values().get("accuracy"));
    assertEquals(-Math.log(0.5), many.values().get("log-loss"), 1e-15);
    BinaryMetrics none = new BinaryMetrics();
    none.add(new double[] {0.5}, new float[] {-1}, 1);
    assertEquals(java.util.Map.of("accuracy", 0.0), none.values());
  }

  @Test
  void theAreaIsNotDefinedForRowsOfOneClass() {
    BinaryMetrics metrics = new BinaryMetrics();
    metrics.add(new double[] {0.2, 0.8}, new float[] {1, 1}, 2);
    assertFalse(metrics.values().containsKey("auc"));
    assertEquals(0.5, metrics.values().get("accuracy"));
  }

  @Test
  void piecesGiveTheValuesOfTheWhole() {
    double[] scores = numbers(ROWS);
    float[] labels = classes(2);
    for (Metrics[] pair :
        new Metrics[][] {
          {new BinaryMetrics(), new BinaryMetrics()},
          {new RegressionMetrics(), new RegressionMetrics()}
        }) {
      pair[0].add(scores, labels, ROWS);
      for (int from = 0; from < ROWS; from += 37) {
        int to = Math.min(ROWS, from + 37);
        pair[1].add(
            Arrays.copyOfRange(scores, from, to), Arrays.copyOfRange(labels, from, to), to - from);
      }
      assertEquals(pair[0].values(), pair[1].values());
    }
  }

  @Test
  void regressionMetricsEqualDuckDbs() throws SQLException {
    double[] predictions = numbers(ROWS);
    float[] labels = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      labels[i] = (float) (1e4 + predictions[i] + random.nextGaussian());
      predictions[i] += 1e4;
    }
    RegressionMetrics metrics = new RegressionMetrics();
    metrics.add(predictions, labels, ROWS);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("create table t (p double, y float)");
      for (int i = 0; i < ROWS; i++) {
        statement.execute("insert into t values (%s, %s)".formatted(predictions[i], labels[i]));
      }
      ResultSet result =
          statement.executeQuery(
              "select avg(abs(p - y)), sqrt(avg((p - y) ** 2)), 1 - sum((p - y) ** 2) / (count(*) * var_pop(y::double)) from t");
      result.next();
      assertEquals(result.getDouble(1), metrics.values().get("mae"), 1e-10);
      assertEquals(result.getDouble(2), metrics.values().get("rmse"), 1e-10);
      assertEquals(result.getDouble(3), metrics.values().get("r2"), 1e-9);
    }
  }

  @Test
  void theShareExplainedIsNotDefinedForLabelsThatAreAllTheSame() {
    RegressionMetrics metrics = new RegressionMetrics();
    metrics.add(new double[] {1, 3}, new float[] {2, 2}, 2);
    assertEquals(Map.of("mae", 1.0, "rmse", 1.0), metrics.values());
  }

  @Test
  void binaryMetricsEqualTheirFormulas() {
    BinaryMetrics metrics = new BinaryMetrics();
    metrics.add(new double[] {0.9, 0.5, 0.2, 0.0}, new float[] {1, 0, 0, 1}, 4);
    double logLoss = -(Math.log(0.9) + Math.log(0.5) + Math.log(0.8) + Math.log(1e-15)) / 4;
    assertEquals(0.5, metrics.values().get("accuracy"), "a probability of 0.5 is the second class");
    assertEquals(logLoss, metrics.values().get("log-loss"), 1e-12);
  }

  @Test
  void multiclassMetricsEqualTheirFormulas() {
    float[] labels = classes(3);
    double[] probabilities = numbers(ROWS * 3);
    double[][] byClass = new double[3][ROWS];
    double logLoss = 0;
    int right = 0;
    for (int row = 0; row < ROWS; row++) {
      double sum = probabilities[3 * row] + probabilities[3 * row + 1] + probabilities[3 * row + 2];
      int best = 0;
      for (int i = 0; i < 3; i++) {
        probabilities[3 * row + i] /= sum;
        byClass[i][row] = probabilities[3 * row + i];
        best = byClass[i][row] > byClass[best][row] ? i : best;
      }
      logLoss -= Math.log(byClass[(int) labels[row]][row]) / ROWS;
      right += best == labels[row] ? 1 : 0;
    }
    MulticlassMetrics metrics = new MulticlassMetrics(3);
    metrics.add(probabilities, labels, ROWS);
    assertEquals((double) right / ROWS, metrics.values().get("accuracy"));
    assertEquals(logLoss, metrics.values().get("log-loss"), 1e-12);
    double area =
        (area(byClass[0], labels, 0) + area(byClass[1], labels, 1) + area(byClass[2], labels, 2))
            / 3;
    assertEquals(area, metrics.values().get("auc"), 1e-14);
  }

  @Test
  void aClassThatDoesNotOccurIsLeftOutOfTheArea() {
    MulticlassMetrics metrics = new MulticlassMetrics(3);
    metrics.add(new double[] {0.7, 0.2, 0.1, 0.3, 0.6, 0.1}, new float[] {0, 1}, 2);
    assertEquals(1.0, metrics.values().get("auc"));
  }

  @Test
  void noRowsHaveNoMetrics() {
    assertEquals(Map.of(), new RegressionMetrics().values());
    assertEquals(Map.of(), new BinaryMetrics().values());
    assertEquals(Map.of(), new MulticlassMetrics(3).values());
  }
}
