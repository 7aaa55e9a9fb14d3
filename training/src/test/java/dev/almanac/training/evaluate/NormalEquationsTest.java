package dev.almanac.training.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NormalEquationsTest {
  private static final int[] ALL = {0, 1, 2};

  @Test
  void findsTheWeightsThatMadeTheLabels() {
    NormalEquations equations = new NormalEquations(3);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 200; i++) {
      double a = random.nextGaussian();
      double b = 1000 * random.nextGaussian();
      equations.add(ALL, new double[] {1, a, b}, 7 - 2 * a + 0.003 * b);
    }
    double[] weights = equations.solve();
    assertEquals(7, weights[0], 1e-5);
    assertEquals(-2, weights[1], 1e-5);
    assertEquals(0.003, weights[2], 1e-8);
  }

  @Test
  void thePenalizedGradientIsZeroAtTheSolution() {
    NormalEquations equations = new NormalEquations(3);
    SplittableRandom random = new SplittableRandom(2);
    double[][] x = new double[50][];
    double[] y = new double[50];
    double[] squares = new double[3];
    for (int i = 0; i < 50; i++) {
      x[i] = new double[] {1, random.nextGaussian(), random.nextGaussian()};
      y[i] = random.nextGaussian();
      equations.add(ALL, x[i], y[i]);
      for (int j = 0; j < 3; j++) {
        squares[j] += x[i][j] * x[i][j];
      }
    }
    double[] weights = equations.solve();
    for (int j = 0; j < 3; j++) {
      double gradient = j == 0 ? 0 : 1e-6 * squares[j] * weights[j];
      for (int i = 0; i < 50; i++) {
        double error = -y[i];
        for (int k = 0; k < 3; k++) {
          error += weights[k] * x[i][k];
        }
        gradient += error * x[i][j];
      }
      assertEquals(0, gradient, 1e-10);
    }
  }

  @Test
  void equalColumnsShareTheWeightAndColumnsOfZerosGetNone() {
    NormalEquations equations = new NormalEquations(4);
    for (int i = 0; i < 20; i++) {
      equations.add(new int[] {0, 1, 2, 3}, new double[] {1, i, i, 0}, 6 * i);
    }
    double[] weights = equations.solve();
    assertEquals(3, weights[1], 1e-4);
    assertEquals(3, weights[2], 1e-4);
    assertEquals(0, weights[3]);
    assertTrue(Double.isFinite(weights[0]));
  }
}
