package dev.almanac.training.search.importance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An effect of one dimension, or of two together beyond what each does alone.
 *
 * @param dimensions one or two
 * @param columns of the design, by function and trial, each scaled by its prior
 * @param priors of the functions
 */
record Term(List<Dimension> dimensions, double[][] columns, double[] priors) {
  static Term alone(Dimension dimension) {
    int trials = dimension.places().length;
    double[][] columns = new double[dimension.functions()][trials];
    double[] priors = new double[columns.length];
    for (int i = 0; i < columns.length; i++) {
      priors[i] = dimension.prior(i);
      for (int trial = 0; trial < trials; trial++) {
        columns[i][trial] = Math.sqrt(priors[i]) * dimension.function(i, trial);
      }
    }
    return new Term(List.of(dimension), columns, priors);
  }

  static Term pair(Dimension one, Dimension other) {
    int trials = one.places().length;
    List<double[]> columns = new ArrayList<>();
    List<Double> priors = new ArrayList<>();
    for (int i = 0; i < one.pairedFunctions(); i++) {
      for (int j = 0; j < other.pairedFunctions(); j++) {
        double prior = one.prior(i) * other.prior(j);
        double[] column = new double[trials];
        for (int trial = 0; trial < trials; trial++) {
          column[trial] = Math.sqrt(prior) * one.function(i, trial) * other.function(j, trial);
        }
        columns.add(column);
        priors.add(prior);
      }
    }
    return new Term(
        List.of(one, other),
        columns.toArray(double[][]::new),
        priors.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Whether each of two dimensions takes more than one place where the other is there. */
  static boolean vary(Dimension one, Dimension other) {
    double[] first = one.places();
    double[] second = other.places();
    int[] both =
        IntStream.range(0, first.length)
            .filter(trial -> !Double.isNaN(first[trial]) && !Double.isNaN(second[trial]))
            .toArray();
    return Arrays.stream(both).mapToDouble(trial -> first[trial]).distinct().count() > 1
        && Arrays.stream(both).mapToDouble(trial -> second[trial]).distinct().count() > 1;
  }

  boolean isPair() {
    return dimensions.size() == 2;
  }

  /**
   * The variance of the effect over places that are drawn evenly, where it exists.
   *
   * @param weights of the columns
   */
  double variance(double[] weights) {
    double variance = 0;
    for (int i = 0; i < weights.length; i++) {
      variance += weights[i] * weights[i] * priors[i];
    }
    return variance;
  }
}
