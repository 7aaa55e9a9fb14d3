package dev.almanac.training.search;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.almanac.transforms.problem.RefusedException;
import java.util.Arrays;
import java.util.List;

/** In which order a study hears of its trials, and so what each decision knows. */
public enum Order {
  /**
   * As if trials took a time that is the number of their epochs or row groups, so many in flight:
   * the same trials and decisions whatever the number of workers, and how fast they are.
   */
  DETERMINISTIC("deterministic"),
  /** As their results come in: no worker ever waits for another. */
  ASYNC("async");

  private final String text;

  Order(String text) {
    this.text = text;
  }

  @JsonValue
  public String text() {
    return text;
  }

  public static List<String> names() {
    return Arrays.stream(values()).map(Order::text).toList();
  }

  /**
   * The order with this name.
   *
   * @throws RefusedException naming the two there are
   */
  @JsonCreator
  public static Order of(String text) {
    return Arrays.stream(values())
        .filter(order -> order.text.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new RefusedException(
                    "Cannot search in order '%s': orders are %s"
                        .formatted(text, String.join(", ", names()))));
  }
}
