package dev.almanac.training.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.transforms.json.Json;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * One thing of a model family that a config may choose, with its default and its bounds.
 *
 * @param fallback the value when a config says nothing; fits the rule
 * @param rule what a value must be, for a person: {@code a whole number from 1 to 16}
 */
public record Setting(String name, JsonNode fallback, String rule, Predicate<JsonNode> fits) {
  public Setting {
    Objects.requireNonNull(rule, "rule");
    if (!fits.test(fallback)) {
      throw new IllegalArgumentException(
          "Cannot offer setting '%s': its default must be %s (%s)".formatted(name, rule, fallback));
    }
  }

  static Setting wholeNumber(String name, int fallback, int least, int most) {
    return new Setting(
        name,
        Json.mapper().valueToTree(fallback),
        "a whole number from %s to %s".formatted(least, most),
        value -> isWhole(value, least, most));
  }

  /** A number from {@code least} on, below {@code bound}. */
  static Setting number(String name, double fallback, double least, double bound) {
    return new Setting(
        name,
        Json.mapper().valueToTree(fallback),
        "a number from %s to below %s".formatted(least, bound),
        value -> value.isNumber() && value.doubleValue() >= least && value.doubleValue() < bound);
  }

  static Setting wholeNumbers(String name, List<Integer> fallback, int least, int most, int size) {
    return new Setting(
        name,
        Json.mapper().valueToTree(fallback),
        "a list of 1 to %s whole numbers from %s to %s".formatted(size, least, most),
        value -> isListOfWhole(value, least, most, size));
  }

  static Setting choice(String name, String fallback, List<String> options) {
    return new Setting(
        name,
        Json.mapper().valueToTree(fallback),
        "one of " + String.join(", ", options),
        value -> value.isTextual() && options.contains(value.textValue()));
  }

  private static boolean isWhole(JsonNode value, int least, int most) {
    return value.isIntegralNumber()
        && value.canConvertToInt()
        && value.intValue() >= least
        && value.intValue() <= most;
  }

  private static boolean isListOfWhole(JsonNode list, int least, int most, int size) {
    if (!list.isArray() || list.isEmpty() || list.size() > size) {
      return false;
    }
    for (JsonNode value : list) {
      if (!isWhole(value, least, most)) {
        return false;
      }
    }
    return true;
  }
}
