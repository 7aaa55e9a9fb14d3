package dev.almanac.training.setting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.problem.Problems;
import java.util.Set;
import java.util.function.BiConsumer;

/** A section within a section. */
public record Part(String key, Form form) implements Entry {
  @Override
  public boolean read(ObjectNode section, ObjectNode values, Set<String> known, Problems problems) {
    known.add(key);
    JsonNode below =
        section.hasNonNull(key) ? section.get(key) : JsonNodeFactory.instance.objectNode();
    values.set(key, form.read(below, Set.of(), problems.at(key)).values());
    return true;
  }

  @Override
  public void settings(ObjectNode values, BiConsumer<String, Setting> into) {
    form.settings(
        (ObjectNode) values.get(key), (at, setting) -> into.accept(key + "." + at, setting));
  }
}
