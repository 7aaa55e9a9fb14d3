package dev.almanac.training.run;

import java.util.List;

/**
 * A number over several runs.
 *
 * @param sd standard deviation of a sample, by n - 1; null of one value
 * @param values in the order of the runs
 */
public record Spread(double mean, Double sd, List<Double> values) {
  public Spread {
    values = List.copyOf(values);
  }

  /** Of one value or more. */
  public static Spread of(List<Double> values) {
    double mean = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    double squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
    return new Spread(
        mean, values.size() > 1 ? Math.sqrt(squares / (values.size() - 1)) : null, values);
  }
}
