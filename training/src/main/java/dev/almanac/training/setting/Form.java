package dev.almanac.training.setting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.problem.Problems;
import dev.almanac.transforms.problem.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** The keys that a section may have, in the order in which they are written. */
public record Form(List<Entry> entries) {
  public Form {
    entries = List.copyOf(entries);
  }

  public static Form of(Entry... entries) {
    return new Form(List.of(entries));
  }

  /**
   * Reads a section, defaults filled in.
   *
   * @param beside keys that the section has for others
   * @param problems takes every value that does not fit and every key that is not known; what is
   *     returned is complete all the same
   */
  public Settings read(JsonNode section, Set<String> beside, Problems problems) {
    ObjectNode given = JsonNodeFactory.instance.objectNode();
    if (section.isObject()) {
      given = (ObjectNode) section;
    } else {
      problems.add("must be a section (%s)".formatted(section));
    }
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    TreeSet<String> known = new TreeSet<>(beside);
    boolean all = true;
    for (Entry entry : entries) {
      all &= entry.read(given, values, known, problems);
    }
    if (all) {
      refuseOthers(given, values, known, problems);
    }
    return new Settings(values);
  }

  /**
   * Tells the settings that a section may have which made these choices.
   *
   * @param values a section, complete
   * @param into gets each by its path below the section
   */
  public void settings(ObjectNode values, BiConsumer<String, Setting> into) {
    entries.forEach(entry -> entry.settings(values, into));
  }

  private void refuseOthers(
      ObjectNode given, ObjectNode values, Set<String> known, Problems problems) {
    String chosen =
        entries.stream()
            .flatMap(entry -> entry.decision(values).stream())
            .collect(Collectors.joining(" and "));
    for (Map.Entry<String, JsonNode> field : given.properties()) {
      String key = field.getKey();
      if (!known.contains(key)) {
        problems
            .at(key)
            .add(
                "unknown key%s (known keys%s: %s)"
                    .formatted(
                        Suggestion.question(key, known),
                        chosen.isEmpty() ? "" : " of " + chosen,
                        String.join(", ", known)));
      }
    }
  }
}
