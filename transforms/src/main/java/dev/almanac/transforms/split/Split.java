package dev.almanac.transforms.split;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The part of a dataset that a row belongs to. */
public enum Split {
  TRAIN("train"),
  VALIDATION("validation"),
  TEST("test");

  private final String text;

  Split(String text) {
    this.text = text;
  }

  /** The name of the split in files and of its folder. */
  @JsonValue
  public String text() {
    return text;
  }

  /**
   * The split with this name.
   *
   * @throws IllegalArgumentException naming the three there are
   */
  @JsonCreator
  public static Split of(String text) {
    for (Split split : values()) {
      if (split.text.equals(text)) {
        return split;
      }
    }
    throw new IllegalArgumentException(
        "Cannot read split '%s': the splits are train, validation, test".formatted(text));
  }

  @Override
  public String toString() {
    return text;
  }
}
