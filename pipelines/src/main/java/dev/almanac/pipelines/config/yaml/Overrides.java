package dev.almanac.pipelines.config.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.problem.Problems;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts values into a config's tree: {@code --set path=value} and the trials of a search.
 *
 * <p>A path is keys joined by dots; an element of a list is {@code [0]} or {@code .0}; a key that
 * holds dots stands in single quotes. Sections that are not there yet are made, so a path that no
 * config knows is found, like any unknown key, when the tree is read.
 */
public final class Overrides {
  private static final Pattern STEP =
      Pattern.compile("\\G(?:^|\\.)(?:'([^']+)'|([^.\\['\\]]+))|\\G\\[(\\d+)]");

  private static final String NO_PATH =
      "is not a path: keys joined by dots, elements of lists as [0]";

  private Overrides() {}

  /** Applies one {@code path=value}, whose value is YAML. */
  public static void set(ConfigTree tree, String assignment, Problems problems) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      tree.places().option(assignment);
      problems.at(assignment).add("must be path=value, such as train.epochs=5");
      return;
    }
    String path = assignment.substring(0, equals);
    List<String> steps = steps(path);
    tree.places().option(steps == null ? path : spelled(tree, steps));
    if (steps == null) {
      problems.at(path).add(NO_PATH);
      return;
    }
    JsonNode value =
        YamlReader.readValue(
            tree, spelled(tree, steps), assignment.substring(equals + 1), problems);
    if (!value.isMissingNode()) {
      put(tree, steps, value, problems);
    }
  }

  /** Applies the values of a trial, wider paths first. */
  public static void set(ConfigTree tree, Map<String, JsonNode> values, Problems problems) {
    for (Map.Entry<String, JsonNode> value : widerFirst(values)) {
      List<String> steps = steps(value.getKey());
      if (steps == null) {
        problems.at(value.getKey()).add(NO_PATH);
      } else {
        put(tree, steps, value.getValue(), problems);
      }
    }
  }

  /** Values by their paths in the order in which none undoes another. */
  public static List<Map.Entry<String, JsonNode>> widerFirst(Map<String, JsonNode> values) {
    return values.entrySet().stream()
        .sorted(
            Comparator.comparingInt(
                value -> {
                  List<String> steps = steps(value.getKey());
                  return steps == null ? 0 : steps.size();
                }))
        .toList();
  }

  /** The keys and positions of a path; null when it is none. */
  static List<String> steps(String path) {
    List<String> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(path);
    int end = 0;
    while (end < path.length() && matcher.find(end) && matcher.start() == end) {
      steps.add(
          matcher.group(1) != null
              ? matcher.group(1)
              : matcher.group(2) != null ? matcher.group(2) : matcher.group(3));
      end = matcher.end();
    }
    return end == path.length() && !steps.isEmpty() ? steps : null;
  }

  private static void put(ConfigTree tree, List<String> steps, JsonNode value, Problems problems) {
    String path = spelled(tree, steps);
    JsonNode node = tree.root();
    for (int i = 0; i < steps.size(); i++) {
      String step = steps.get(i);
      boolean last = i == steps.size() - 1;
      if (node instanceof ObjectNode object) {
        if (last) {
          object.set(step, value);
        } else if (!object.path(step).isContainerNode()) {
          object.putObject(step);
        }
        node = object.path(step);
      } else if (node instanceof ArrayNode array) {
        int position = step.matches("\\d{1,9}") ? Integer.parseInt(step) : -1;
        if (position < 0 || position >= array.size()) {
          problems
              .at(path)
              .add("the list has elements 0 to %s, no '%s'".formatted(array.size() - 1, step));
          return;
        }
        if (last) {
          array.set(position, value);
        }
        node = array.get(position);
      } else {
        problems.at(path).add("there is a single value, no section and no list, above this path");
        return;
      }
    }
  }

  /** The path as problems spell it: elements of lists that are there in brackets. */
  private static String spelled(ConfigTree tree, List<String> steps) {
    StringBuilder path = new StringBuilder();
    JsonNode node = tree.root();
    for (String step : steps) {
      if (node.isArray() && step.matches("\\d{1,9}")) {
        path.append('[').append(step).append(']');
        node = node.path(Integer.parseInt(step));
      } else {
        path.append(path.length() == 0 ? "" : ".").append(step);
        node = node.path(step);
      }
    }
    return path.toString();
  }
}
