package dev.almanac.transforms.staging;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.almanac.transforms.problem.RefusedException;

/** In what order the train split's rows lie; those of the other splits lie as in the source. */
public enum RowOrder {
  /** Mixed over all files. */
  SHUFFLED("shuffled"),
  /** As the sorted source files have them. */
  SOURCE("source");

  private final String text;

  RowOrder(String text) {
    this.text = text;
  }

  /** The name in configs and in {@code dataset.json}. */
  @JsonValue
  public String text() {
    return text;
  }

  /**
   * The order of this name.
   *
   * @throws IllegalArgumentException naming both
   */
  @JsonCreator
  public static RowOrder of(String text) {
    for (RowOrder order : values()) {
      if (order.text.equals(text)) {
        return order;
      }
    }
    throw new RefusedException(
        "Cannot read order '%s': rows lie shuffled or as in the source".formatted(text));
  }
}
