package dev.almanac.transforms.staging;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;

/** What becomes of validation and test rows of a class that train has not. */
public enum UnknownClassPolicy {
  /** They stay, and whatever is predicted of them is wrong. */
  COUNT_AS_WRONG("count-as-wrong"),
  /** They are dropped and counted, as rows without a label are. */
  DROP("drop"),
  /** They end the work. */
  REFUSE("refuse");

  private final String text;

  UnknownClassPolicy(String text) {
    this.text = text;
  }

  /** The name in configs. */
  @JsonValue
  public String text() {
    return text;
  }

  /** The names of all. */
  public static List<String> texts() {
    return Arrays.stream(values()).map(UnknownClassPolicy::text).toList();
  }

  /**
   * The policy of this name.
   *
   * @throws IllegalArgumentException naming those there are
   */
  @JsonCreator
  public static UnknownClassPolicy of(String text) {
    return Arrays.stream(values())
        .filter(policy -> policy.text.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot read '%s': unknown classes are one of %s".formatted(text, texts())));
  }
}
