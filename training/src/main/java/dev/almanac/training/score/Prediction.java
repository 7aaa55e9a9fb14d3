package dev.almanac.training.score;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A model's prediction for one row.
 *
 * @param value of the label, in its own unit; null for classes
 * @param predictedClass the class that it takes for the likeliest; null for a number
 * @param probabilities of every class, in the order of their indices; null for a number
 */
public record Prediction(Double value, String predictedClass, Map<String, Double> probabilities) {
  public Prediction {
    probabilities =
        probabilities == null
            ? null
            : Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
  }

  /**
   * The number.
   *
   * @throws IllegalStateException when the label has classes
   */
  public double number() {
    if (value == null) {
      throw new IllegalStateException(
          "Cannot take a number: the label has classes (%s)".formatted(probabilities.keySet()));
    }
    return value;
  }
}
