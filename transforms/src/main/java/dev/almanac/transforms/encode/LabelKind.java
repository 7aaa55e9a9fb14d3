package dev.almanac.transforms.encode;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What a label is; the names are those of the tasks that predict it. */
public enum LabelKind {
  /** A number, kept in its own unit. */
  REGRESSION("regression"),
  /** One of two classes. */
  BINARY("binary"),
  /** One of two classes or more. */
  MULTICLASS("multiclass");

  private final String text;

  LabelKind(String text) {
    this.text = text;
  }

  @JsonValue
  public String text() {
    return text;
  }

  public boolean isClasses() {
    return this != REGRESSION;
  }

  /**
   * The kind with this name.
   *
   * @throws IllegalArgumentException naming the three there are
   */
  @JsonCreator
  public static LabelKind of(String text) {
    for (LabelKind kind : values()) {
      if (kind.text.equals(text)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "Cannot read label kind '%s': kinds are regression, binary, multiclass".formatted(text));
  }
}
