package dev.almanac.training.search.importance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The weights of a sum of terms that explain values best, when a term may well have no effect: each
 * has a precision of its own that the values themselves decide, by the evidence (MacKay: Bayesian
 * Interpolation, 1992; Tipping: Sparse Bayesian Learning, 2001). The same input gives the same
 * weights.
 *
 * @param weights by term and column, 0 for terms without effect
 * @param explained the share of the values' variance that is foretold by the other values: each is
 *     compared with what the terms say without it
 */
record SparseFit(List<double[]> weights, double explained) {
  private static final int ROUNDS = 60;
  private static final double NO_EFFECT = 1e5;

  private static final double LEAST_NOISE = 1e-4;

  /**
   * Fits.
   *
   * @param values with mean 0 and variance 1
   */
  static SparseFit of(List<Term> terms, double[] values) {
    double[] alphas = new double[terms.size()];
    Arrays.fill(alphas, Math.max(1, terms.size()));
    double noise = 0.5;
    double[][] weights = zeros(terms);
    List<Integer> active = new ArrayList<>();
    for (int term = 0; term < terms.size(); term++) {
      active.add(term);
    }
    Normal all = Normal.of(terms, active, values);
    for (int round = 0; round < ROUNDS && !active.isEmpty(); round++) {
      List<Integer> left = active.stream().filter(term -> alphas[term] < NO_EFFECT).toList();
      if (left.size() < active.size()) {
        active.removeIf(term -> !left.contains(term));
        weights = zeros(terms);
        all = Normal.of(terms, active, values);
      }
      Cholesky posterior = all.posterior(alphas, noise);
      double[] mean = posterior.solve(all.rightSide(noise));
      double[] variances = posterior.inverseDiagonal();
      double determined = 1;
      for (int i = 0, at = 1; i < active.size(); i++) {
        int term = active.get(i);
        double[] own = weights[term];
        double square = 0;
        double well = own.length;
        for (int column = 0; column < own.length; column++, at++) {
          own[column] = mean[at];
          square += mean[at] * mean[at];
          well -= alphas[term] * variances[at];
        }
        determined += well;
        alphas[term] = Math.min(10 * NO_EFFECT, Math.max(well, 1e-9) / Math.max(square, 1e-12));
      }
      double free = values.length - determined;
      if (free > 1) {
        noise = Math.max(LEAST_NOISE, all.squaredError(mean) / free);
      }
    }
    return new SparseFit(List.of(weights), all.foretold(all.posterior(alphas, noise), noise));
  }

  private static double[][] zeros(List<Term> terms) {
    return terms.stream().map(term -> new double[term.columns().length]).toArray(double[][]::new);
  }

  /**
   * The normal equations of the active terms, the constant first.
   *
   * @param owners the term of each column but the first
   */
  private record Normal(
      List<double[]> columns,
      double[] values,
      double[][] products,
      double[] moments,
      int[] owners) {
    static Normal of(List<Term> terms, List<Integer> active, double[] values) {
      List<double[]> columns = new ArrayList<>();
      List<Integer> owners = new ArrayList<>();
      double[] ones = new double[values.length];
      Arrays.fill(ones, 1);
      columns.add(ones);
      owners.add(-1);
      for (int term : active) {
        for (double[] column : terms.get(term).columns()) {
          columns.add(column);
          owners.add(term);
        }
      }
      int size = columns.size();
      double[][] products = new double[size][size];
      double[] moments = new double[size];
      for (int i = 0; i < size; i++) {
        moments[i] = dot(columns.get(i), values);
        for (int j = 0; j <= i; j++) {
          products[i][j] = dot(columns.get(i), columns.get(j));
        }
      }
      return new Normal(
          columns,
          values,
          products,
          moments,
          owners.stream().mapToInt(Integer::intValue).toArray());
    }

    private Cholesky posterior(double[] alphas, double noise) {
      double[][] precision = new double[moments.length][];
      for (int i = 0; i < moments.length; i++) {
        precision[i] = new double[i + 1];
        for (int j = 0; j <= i; j++) {
          precision[i][j] = products[i][j] / noise;
        }
        precision[i][i] += i == 0 ? 1e-6 : alphas[owners[i]];
      }
      return Cholesky.of(precision);
    }

    private double[] rightSide(double noise) {
      return Arrays.stream(moments).map(moment -> moment / noise).toArray();
    }

    private double squaredError(double[] weights) {
      double error = dot(values, values);
      for (int i = 0; i < weights.length; i++) {
        error -= 2 * weights[i] * moments[i];
        error += weights[i] * weights[i] * products[i][i];
        for (int j = 0; j < i; j++) {
          error += 2 * weights[i] * weights[j] * products[i][j];
        }
      }
      return Math.max(0, error);
    }

    /** From the errors when each value is left out in turn, which the leverages give. */
    private double foretold(Cholesky posterior, double noise) {
      double[] weights = posterior.solve(rightSide(noise));
      double errors = 0;
      for (int i = 0; i < values.length; i++) {
        double[] row = new double[weights.length];
        double error = values[i];
        for (int column = 0; column < row.length; column++) {
          row[column] = columns.get(column)[i];
          error -= weights[column] * row[column];
        }
        double without = error / Math.max(1e-6, 1 - posterior.inverseForm(row) / noise);
        errors += without * without;
      }
      return Math.max(0, 1 - errors / dot(values, values));
    }

    private static double dot(double[] one, double[] other) {
      double sum = 0;
      for (int i = 0; i < one.length; i++) {
        sum += one[i] * other[i];
      }
      return sum;
    }
  }
}
