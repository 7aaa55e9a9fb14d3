package dev.almanac.transforms.encode;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.almanac.transforms.analyze.Analyzer;
import dev.almanac.transforms.analyze.Moments;
import dev.almanac.transforms.analyze.ValueCounts;
import java.util.List;

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

  /** What has to be learned of a label in train. */
  public List<Class<? extends Analyzer<?>>> analyzers() {
    return List.of(isClasses() ? ValueCounts.class : Moments.class);
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
