package dev.almanac.training.graph;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;

/**
 * The type of number that a training computes with. Weights and their averages are always at least
 * float32.
 */
public enum Precision {
  /** All in 64 bits: to compare slopes with differences. */
  FLOAT64("float64"),
  FLOAT32("float32"),
  /**
   * Products of fully connected layers, and what lies between them, in 16 bits of bfloat16, which
   * is float32 with a shorter fraction; sums within a product, gradients of weights, losses and
   * everything else in float32 (Kalamkar et al. 2019, arXiv 1905.12322).
   */
  BFLOAT16("bfloat16");

  private final String text;

  Precision(String text) {
    this.text = text;
  }

  /** Its name in a config. */
  @JsonValue
  public String text() {
    return text;
  }

  /** Those that a config may ask for, the one first that it gets without asking. */
  public static List<String> names() {
    return List.of(FLOAT32.text, BFLOAT16.text);
  }

  /**
   * The precision with this name.
   *
   * @throws IllegalArgumentException when there is none
   */
  @JsonCreator
  public static Precision of(String text) {
    return Arrays.stream(values())
        .filter(precision -> precision.text.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot train in precision '%s': precisions are %s".formatted(text, names())));
  }
}
