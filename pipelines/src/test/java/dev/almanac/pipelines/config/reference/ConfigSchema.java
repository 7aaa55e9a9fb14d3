package dev.almanac.pipelines.config.reference;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.pipelines.config.shape.SectionShape;
import dev.almanac.training.setting.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The reference as a JSON Schema, for editors: completion, sentences and squiggles in YAML.
 *
 * <p>It knows keys, types, ranges, words, and which keys go with which words. What depends on more
 * than that, such as rising dates, the program alone knows.
 */
record ConfigSchema(ConfigReference reference) {
  /** The schema; a new tree. */
  ObjectNode tree() {
    ObjectNode schema = empty();
    schema.put("$schema", "http://json-schema.org/draft-07/schema#");
    schema.put("title", "A config of Almanac");
    schema.setAll(section(""));
    return schema;
  }

  private ObjectNode section(String path) {
    Map<String, ObjectNode> keys = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (Key key : reference.in(path)) {
      keys.put(key.name(), schema(key));
      if (key.variants().stream().allMatch(Variant::required)) {
        required.add(key.name());
      }
    }
    Shape shape =
        reference.key(path).map(key -> key.variants().get(0).shape()).orElseGet(SectionShape::new);
    ObjectNode schema = keys.isEmpty() ? shape.schema() : shape.schema(keys, required);
    ArrayNode rules = JsonNodeFactory.instance.arrayNode();
    for (Key key : reference.keys()) {
      if (key.variants().stream().anyMatch(of -> !of.when().isEmpty())
          && common(key).equals(path)) {
        rules.add(rule(key, path));
      }
    }
    return rules.isEmpty() ? schema : schema.set("allOf", rules);
  }

  private ObjectNode schema(Key key) {
    List<ObjectNode> shapes =
        key.variants().stream().map(of -> of.shape().schema()).distinct().toList();
    ObjectNode schema = empty();
    schema.put("description", key.meaning());
    if (!reference.in(key.path()).isEmpty()) {
      schema.setAll(section(key.path()));
    } else if (shapes.size() == 1) {
      schema.setAll(shapes.get(0));
    } else {
      shapes.forEach(schema.withArray("/anyOf")::add);
    }
    Variant first = key.variants().get(0);
    if (key.variants().size() == 1 && first.fallback() != null && !first.required()) {
      schema.set("default", first.fallback());
    }
    boolean mayBeEmpty = first.shape().isSection() && !first.required() && schema.has("type");
    if (mayBeEmpty) {
      schema.putArray("type").add("object").add("null");
    }
    return schema;
  }

  /** The section in which a key and all that it depends on lie. */
  private static String common(Key key) {
    String section = Key.above(key.path());
    for (Variant of : key.variants()) {
      for (String other : of.when().keySet()) {
        while (!section.isEmpty() && !other.startsWith(section + ".")) {
          section = Key.above(section);
        }
      }
    }
    return section;
  }

  /** A key that is there has one of its forms, and the words that go with it stand beside it. */
  private ObjectNode rule(Key key, String section) {
    ObjectNode rule = empty();
    List<String> path = below(key.path(), section);
    rule.set("if", at(path, empty(), true));
    ArrayNode forms = rule.putObject("then").putArray("anyOf");
    for (Variant of : key.variants()) {
      ArrayNode all = forms.addObject().putArray("allOf");
      all.add(at(path, of.shape().schema(), true));
      of.when()
          .forEach(
              (other, words) -> {
                ObjectNode word = empty();
                words.forEach(word.withArray("/enum")::add);
                all.add(at(below(other, section), word, !words.contains(usual(other))));
              });
    }
    return rule;
  }

  private String usual(String path) {
    return reference.key(path).orElseThrow().variants().get(0).fallback().textValue();
  }

  private static List<String> below(String path, String section) {
    return Arrays.asList(path.substring(section.isEmpty() ? 0 : section.length() + 1).split("\\."));
  }

  /** A value at a path, which must be there or need not. */
  private static ObjectNode at(List<String> path, ObjectNode value, boolean there) {
    ObjectNode schema = value;
    for (int i = path.size() - 1; i >= 0; i--) {
      ObjectNode above = empty();
      if (there) {
        above.putArray("required").add(path.get(i));
      }
      above.putObject("properties").set(path.get(i), schema);
      schema = above;
    }
    return schema;
  }

  private static ObjectNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }
}
