package dev.almanac.training.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What a model predicts. */
public enum Task {
  /** A number. */
  REGRESSION("regression"),
  /** The probability of the second of two classes. */
  BINARY("binary"),
  /** A probability for each of three classes or more. */
  MULTICLASS("multiclass");

  private final String text;

  Task(String text) {
    this.text = text;
  }

  @JsonValue
  public String text() {
    return text;
  }

  /**
   * The task with this name.
   *
   * @throws IllegalArgumentException naming the three there are
   */
  @JsonCreator
  public static Task of(String text) {
    for (Task task : values()) {
      if (task.text.equals(text)) {
        return task;
      }
    }
    throw new IllegalArgumentException(
        "Cannot train for '%s': tasks are regression, binary, multiclass".formatted(text));
  }

  public boolean isClassification() {
    return this != REGRESSION;
  }
}
