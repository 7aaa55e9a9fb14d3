package dev.almanac.training.search.trial;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;

/** Which values of a metric are better. */
public enum Goal {
  MINIMIZE("minimize", Comparator.naturalOrder()),
  MAXIMIZE("maximize", Comparator.reverseOrder());

  private final String text;
  private final Comparator<Double> best;

  Goal(String text, Comparator<Double> best) {
    this.text = text;
    this.best = best;
  }

  @JsonValue
  public String text() {
    return text;
  }

  /** Orders values from the best to the worst. */
  public Comparator<Double> bestFirst() {
    return best;
  }

  /**
   * The goal with this name.
   *
   * @throws IllegalArgumentException naming the two there are
   */
  @JsonCreator
  public static Goal of(String text) {
    for (Goal goal : values()) {
      if (goal.text.equals(text)) {
        return goal;
      }
    }
    throw new IllegalArgumentException(
        "Cannot search with goal '%s': goals are minimize, maximize".formatted(text));
  }
}
