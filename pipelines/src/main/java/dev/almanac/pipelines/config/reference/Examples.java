package dev.almanac.pipelines.config.reference;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.config.yaml.ConfigTree;
import dev.almanac.pipelines.config.yaml.YamlReader;
import dev.almanac.transforms.problem.Problems;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Configs that have every key between them.
 *
 * @param texts the configs; the first shows what most have
 */
record Examples(List<String> texts, List<JsonNode> trees) {
  private static final String BETWEEN = "(?m)^---\n";

  static Examples of(String text) {
    List<String> texts =
        Arrays.stream(text.split(BETWEEN)).map(String::strip).map(one -> one + "\n").toList();
    return new Examples(texts, texts.stream().map(Examples::tree).toList());
  }

  /** A text as a tree. */
  static JsonNode tree(String text) {
    ConfigTree tree = ConfigTree.empty("example");
    Problems problems = new Problems();
    YamlReader.readInto(tree, text, problems);
    problems.refuse();
    return tree.root();
  }

  /** The first value of a key, with the key, in a line; empty when no config has it. */
  Optional<String> of(List<String> path) {
    return trees.stream().flatMap(tree -> find(tree, path).stream()).findFirst();
  }

  private static Optional<String> find(JsonNode node, List<String> path) {
    String key = path.get(0);
    List<String> rest = path.subList(1, path.size());
    if (node.isArray()) {
      for (JsonNode step : node) {
        Optional<String> found = find(step, path);
        if (found.isPresent()) {
          return found;
        }
      }
    } else if (node.isTextual() && node.textValue().equals(key) && rest.isEmpty()) {
      return Optional.of(key);
    } else if (key.equals(key.toUpperCase(Locale.ROOT)) && node.isObject()) {
      for (var at : node.properties()) {
        Optional<String> found = at(at.getKey(), at.getValue(), rest);
        if (found.isPresent()) {
          return found;
        }
      }
    } else if (node.has(key)) {
      return at(key, node.get(key), rest);
    } else if (node.path("steps").isArray()) {
      return find(node.get("steps"), path);
    }
    return Optional.empty();
  }

  private static Optional<String> at(String key, JsonNode value, List<String> rest) {
    return rest.isEmpty() ? Optional.of(FlowYaml.of(key, value)) : find(value, rest);
  }
}
