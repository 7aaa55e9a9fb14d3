package dev.almanac.training.setting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.Problems;
import dev.almanac.transforms.problem.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * One value that a config may choose.
 *
 * @param fallback the value when a config says nothing; fits the rule
 */
public record Setting(String key, JsonNode fallback, Rule rule) implements Entry {
  public Setting {
    if (!rule.fits(fallback)) {
      throw new IllegalArgumentException(
          "Cannot offer setting '%s': its default must be %s (%s)"
              .formatted(key, rule.text(), fallback));
    }
    fallback = rule.canonical(fallback);
  }

  private static Setting of(String key, Object fallback, Rule rule) {
    return new Setting(key, Json.mapper().valueToTree(fallback), rule);
  }

  public static Setting whole(String key, long fallback, long least, long most) {
    return of(key, fallback, new Rule.Whole(least, most));
  }

  public static Setting number(String key, double fallback, Rule.Decimal rule) {
    return of(key, fallback, rule);
  }

  /** A number from {@code least} on, below {@code bound}. */
  public static Setting number(String key, double fallback, double least, double bound) {
    String range = "from %s to below %s".formatted(least, bound);
    return of(key, fallback, new Rule.Decimal(least, Math.nextDown(bound), range));
  }

  public static Setting wholes(String key, List<Integer> fallback, int least, int most, int size) {
    return of(key, fallback, new Rule.Wholes(new Rule.Whole(least, most), size));
  }

  public static Setting word(String key, String fallback, List<String> words) {
    return of(key, fallback, new Rule.Word(words));
  }

  public static Setting flag(String key, boolean fallback) {
    return of(key, fallback, new Rule.Flag());
  }

  /** Numbers by names of the user's; none when nothing is said. */
  public static Setting named(String key, Rule.Decimal rule) {
    return of(key, Map.of(), new Rule.Named(rule));
  }

  @Override
  public boolean read(ObjectNode section, ObjectNode values, Set<String> known, Problems problems) {
    known.add(key);
    JsonNode value = section.hasNonNull(key) ? section.get(key) : fallback;
    if (rule.fits(value)) {
      values.set(key, rule.canonical(value));
    } else {
      problems.at(key).add(problem(value));
      values.set(key, fallback);
    }
    return true;
  }

  @Override
  public void settings(ObjectNode values, BiConsumer<String, Setting> into) {
    into.accept(key, this);
  }

  private String problem(JsonNode value) {
    String found = value.isTextual() ? value.textValue() : value.toString();
    return "must be %s (%s%s)"
        .formatted(rule.text(), found, Suggestion.question(found, rule.words()));
  }
}
