package dev.almanac.training.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.problem.TrainingException;
import dev.almanac.transforms.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A key that two configs disagree on, of those that a run's weights depend on.
 *
 * @param path such as {@code train.optimizer.learning-rate}
 * @param was its value in the first as JSON; {@code absent} when it has none
 * @param is likewise in the second
 */
public record ConfigDifference(String path, String was, String is) {
  /** Names, where things lie, and what is done with runs. */
  private static final Set<String> APART =
      Set.of(
          "name",
          "search",
          "track",
          "predict",
          "rejects",
          "output.dataset",
          "output.keep-source",
          "train.runs",
          "train.environment");

  private static final String ABSENT = "absent";

  /** Differences that a message shows. */
  private static final int SHOWN = 10;

  /** The keys that differ, in alphabetical order; none when one of the configs is not known. */
  public static List<ConfigDifference> of(JsonNode was, JsonNode is) throws IOException {
    List<ConfigDifference> differences = new ArrayList<>();
    if (was != null && is != null) {
      compare("", written(was), written(is), differences);
    }
    return differences;
  }

  /**
   * Refuses settings that are not the run's.
   *
   * @param what would be done, such as {@code go on with run x}
   * @param config of now; null when it is not known
   */
  public static void refuse(String what, RunRecord record, JsonNode config) throws IOException {
    List<ConfigDifference> differences = of(record.config(), config);
    if (differences.isEmpty()) {
      return;
    }
    String more =
        differences.size() > SHOWN ? " and %s more".formatted(differences.size() - SHOWN) : "";
    throw new TrainingException(
        "Cannot %s: its settings are not those of the config (%s%s); give the run's (in the config, or %s), or train a new one"
            .formatted(
                what,
                differences.stream()
                    .limit(SHOWN)
                    .map(ConfigDifference::toString)
                    .collect(Collectors.joining(", ")),
                more,
                differences.stream()
                    .filter(difference -> !difference.was.equals(ABSENT))
                    .limit(SHOWN)
                    .map(difference -> "--set '%s=%s'".formatted(difference.path, difference.was))
                    .collect(Collectors.joining(" "))));
  }

  /** As a file has it: numbers that a file writes alike are alike. */
  private static JsonNode written(JsonNode config) throws IOException {
    return Json.tree(Json.line(config), "config");
  }

  private static void compare(
      String path, JsonNode was, JsonNode is, List<ConfigDifference> differences) {
    if (APART.contains(path)) {
      return;
    }
    if (was != null && is != null && was.isObject() && is.isObject()) {
      Set<String> keys = new TreeSet<>();
      was.fieldNames().forEachRemaining(keys::add);
      is.fieldNames().forEachRemaining(keys::add);
      for (String key : keys) {
        compare(path.isEmpty() ? key : path + "." + key, was.get(key), is.get(key), differences);
      }
    } else if (!text(was).equals(text(is))) {
      differences.add(new ConfigDifference(path, text(was), text(is)));
    }
  }

  private static String text(JsonNode value) {
    return value == null || value.isNull() ? ABSENT : Json.line(value);
  }

  @Override
  public String toString() {
    return "%s was %s and is %s".formatted(path, was, is);
  }
}
