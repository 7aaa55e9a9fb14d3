package dev.almanac.training.search.sample;

import dev.almanac.training.search.trial.Draw;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * A normal distribution in the unit cube that learns from generations of points: CMA-ES as in
 * Hansen, The CMA Evolution Strategy: A Tutorial (2016), weights of the worse half included.
 *
 * <p>A point need not have been drawn from the distribution as it is now: its step is shortened to
 * what such a draw might have been (Hansen, Injecting external solutions into CMA-ES, 2011). Not
 * thread-safe.
 */
final class CmaEs {
  private static final double WIDTH = 0.25;

  private final int n;
  private final double[] weights;
  private final double effective;
  private final double pathRate;
  private final double sizeRate;
  private final double rankOne;
  private final double rankMu;
  private final double damping;
  private final double expected;

  private final double[] mean;
  private double size = WIDTH;
  private final double[][] covariance;
  private final double[] path;
  private final double[] sizePath;
  private int generations;

  /** Columns are directions, and how far the distribution reaches along each. */
  private double[][] directions;

  private double[] reaches;

  /**
   * @param mean to start with
   * @param population points of a generation
   */
  CmaEs(double[] mean, int population) {
    this.n = mean.length;
    this.mean = mean.clone();
    this.covariance = new double[n][n];
    for (int i = 0; i < n; i++) {
      covariance[i][i] = 1;
    }
    this.path = new double[n];
    this.sizePath = new double[n];
    this.expected = Math.sqrt(n) * (1 - 1.0 / (4 * n) + 1.0 / (21.0 * n * n));
    double[] raw = new double[population];
    double[] sums = new double[2];
    double[] squares = new double[2];
    for (int i = 0; i < population; i++) {
      raw[i] = Math.log((population + 1) / 2.0) - Math.log(i + 1);
      int side = i < population / 2 ? 0 : 1;
      sums[side] += raw[i];
      squares[side] += raw[i] * raw[i];
    }
    this.effective = sums[0] * sums[0] / squares[0];
    double worse = sums[1] * sums[1] / squares[1];
    this.pathRate = (4 + effective / n) / (n + 4 + 2 * effective / n);
    this.sizeRate = (effective + 2) / (n + effective + 5);
    this.rankOne = 2 / ((n + 1.3) * (n + 1.3) + effective);
    this.rankMu =
        Math.min(
            1 - rankOne,
            2 * (0.25 + effective + 1 / effective - 2) / ((n + 2.0) * (n + 2.0) + effective));
    this.damping = 1 + 2 * Math.max(0, Math.sqrt((effective - 1) / (n + 1)) - 1) + sizeRate;
    double least =
        Math.min(
            Math.min(1 + rankOne / rankMu, 1 + 2 * worse / (effective + 2)),
            (1 - rankOne - rankMu) / (n * rankMu));
    this.weights = new double[population];
    for (int i = 0; i < population; i++) {
      weights[i] = i < population / 2 ? raw[i] / sums[0] : least * raw[i] / Math.abs(sums[1]);
    }
    decompose();
  }

  /** Points of a generation, usually. */
  static int population(int dimensions) {
    return 4 + (int) (3 * Math.log(dimensions));
  }

  int population() {
    return weights.length;
  }

  /** The widest standard deviation along any axis. */
  double spread() {
    double most = 0;
    for (int i = 0; i < n; i++) {
      most = Math.max(most, deviation(i));
    }
    return most;
  }

  private double deviation(int axis) {
    return size * Math.sqrt(covariance[axis][axis]);
  }

  /**
   * Draws a point, which may lie outside the cube.
   *
   * @param least standard deviations, by axis, below which none is drawn
   */
  double[] draw(Draw random, double[] least) {
    double[] normal = new double[n];
    for (int i = 0; i < n; i++) {
      normal[i] = Normal.quantile((random.bits() >>> 11) * 0x1.0p-53 + 0x1.0p-54);
    }
    double[] point = new double[n];
    for (int i = 0; i < n; i++) {
      double step = 0;
      for (int j = 0; j < n; j++) {
        step += directions[i][j] * reaches[j] * normal[j];
      }
      double wider = Math.max(1, least[i] / deviation(i));
      point[i] = mean[i] + size * step * wider;
    }
    return point;
  }

  /** Learns from a generation, the best point first. */
  void learn(double[][] points) {
    generations++;
    double[][] steps = new double[points.length][];
    double[] lengths = new double[points.length];
    double most = Math.sqrt(n) + 2.0 * n / (n + 2);
    for (int k = 0; k < points.length; k++) {
      double[] step = new double[n];
      for (int i = 0; i < n; i++) {
        step[i] = (points[k][i] - mean[i]) / size;
      }
      double length = norm(whitened(step));
      double shorter = Math.min(1, most / length);
      for (int i = 0; i < n; i++) {
        step[i] *= shorter;
      }
      steps[k] = step;
      lengths[k] = length * shorter;
    }
    double[] towards = new double[n];
    for (int k = 0; k < points.length / 2; k++) {
      for (int i = 0; i < n; i++) {
        towards[i] += weights[k] * steps[k][i];
      }
    }
    for (int i = 0; i < n; i++) {
      mean[i] = Math.max(0, Math.min(1, mean[i] + size * towards[i]));
    }
    double[] white = whitened(towards);
    double sizeGain = Math.sqrt(sizeRate * (2 - sizeRate) * effective);
    for (int i = 0; i < n; i++) {
      sizePath[i] = (1 - sizeRate) * sizePath[i] + sizeGain * white[i];
    }
    double length = norm(sizePath);
    double unbiased = length / Math.sqrt(1 - Math.pow(1 - sizeRate, 2.0 * generations));
    boolean isSteady = unbiased < (1.4 + 2 / (n + 1.0)) * expected;
    double gain = isSteady ? Math.sqrt(pathRate * (2 - pathRate) * effective) : 0;
    for (int i = 0; i < n; i++) {
      path[i] = (1 - pathRate) * path[i] + gain * towards[i];
    }
    spreadOut(steps, lengths, isSteady);
    size *= Math.exp(Math.min(1, sizeRate / damping * (length / expected - 1)));
    size = Math.min(size, 1);
    decompose();
  }

  private void spreadOut(double[][] steps, double[] lengths, boolean isSteady) {
    double kept = 1 - rankOne + (isSteady ? 0 : rankOne * pathRate * (2 - pathRate));
    double[] shares = new double[steps.length];
    for (int k = 0; k < steps.length; k++) {
      kept -= rankMu * weights[k];
      shares[k] =
          weights[k] >= 0 ? weights[k] : weights[k] * n / Math.max(1e-12, lengths[k] * lengths[k]);
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (int k = 0; k < steps.length; k++) {
          sum += shares[k] * steps[k][i] * steps[k][j];
        }
        covariance[i][j] = kept * covariance[i][j] + rankOne * path[i] * path[j] + rankMu * sum;
        covariance[j][i] = covariance[i][j];
      }
    }
  }

  private void decompose() {
    EigenDecomposition parts = new EigenDecomposition(new Array2DRowRealMatrix(covariance));
    directions = parts.getV().getData();
    reaches = parts.getRealEigenvalues();
    for (int j = 0; j < n; j++) {
      reaches[j] = Math.sqrt(Math.max(1e-20, reaches[j]));
    }
  }

  /** A step as it would be were the distribution round. */
  private double[] whitened(double[] step) {
    double[] along = new double[n];
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        along[j] += directions[i][j] * step[i];
      }
      along[j] /= reaches[j];
    }
    double[] white = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        white[i] += directions[i][j] * along[j];
      }
    }
    return white;
  }

  private static double norm(double[] vector) {
    double sum = 0;
    for (double each : vector) {
      sum += each * each;
    }
    return Math.sqrt(sum);
  }
}
