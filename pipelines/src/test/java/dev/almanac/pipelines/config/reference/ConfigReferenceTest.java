package dev.almanac.pipelines.config.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.ConfigReader;
import dev.almanac.pipelines.config.yaml.ConfigException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The reference says what the readers do, all of it and nothing else. */
class ConfigReferenceTest {
  private static final ConfigReference REFERENCE = ConfigReference.ofReaders();

  @Test
  void everyKeyHasASentenceAndAnExampleAndNothingElseHas() {
    assertEquals(List.of(), REFERENCE.gaps());
    assertTrue(REFERENCE.keys().size() > 150, () -> "keys: " + REFERENCE.keys().size());
  }

  @Test
  void theReaderTakesEveryExample() throws ConfigException {
    for (String text : REFERENCE.examples()) {
      ConfigReader.parse("example.yaml", text, Set.of());
    }
  }

  /** A config that was read says every key with its value or default. */
  @Test
  void everyKeyThatAReadConfigHasIsInTheReference() throws ConfigException {
    Set<String> missing = new TreeSet<>();
    for (String text : REFERENCE.examples()) {
      AlmanacConfig config = ConfigReader.parse("example.yaml", text, Set.of());
      collect("", config.canonical(), missing);
    }
    assertEquals(Set.of(), missing);
  }

  private static void collect(String path, JsonNode node, Set<String> missing) {
    for (Map.Entry<String, JsonNode> at : node.properties()) {
      String below = path.isEmpty() ? at.getKey() : path + "." + at.getKey();
      boolean isNamed =
          REFERENCE.paths().stream().anyMatch(known -> known.matches(quoted(path) + "[A-Z]+"));
      boolean isSteps = path.startsWith("features") || path.startsWith("fit.");
      if (!REFERENCE.paths().contains(below) && !isNamed && !isSteps) {
        if (!below.startsWith("train.loss.class-weights.")) {
          missing.add(below);
        }
      }
      if (!isNamed) {
        collect(below, at.getValue(), missing);
      }
    }
  }

  private static String quoted(String path) {
    return path.isEmpty() ? "" : Pattern.quote(path + ".");
  }

  @Test
  void endsAndWordsOfStepsAreWhatTheStepsTake() {
    assertEquals("a number above 0", rule("fit.numeric.clip.sd"));
    assertEquals("an integer from 0 to 1", rule("fit.numeric.standardize.ddof"));
    assertEquals("an integer from 2 to 65536", rule("fit.nominal.quantile-bins.bins"));
    assertEquals("an integer of 1 or more", rule("features.hash-bucket.buckets"));
    assertEquals("one of long, double, date, string", rule("features.cast.to"));
    assertEquals("one character", rule("features.cast.decimal"));
    assertEquals("a number", rule("features.clip.min"));
    assertTrue(rule("features.date-parts.parts").startsWith("a list of year, month, "));
  }

  @Test
  void aKeyThatDependsOnAWordSaysOnWhich() {
    assertEquals(Map.of("train.loss.name", List.of("huber")), when("train.loss.delta", 0));
    assertEquals(
        Map.of("train.task", List.of("binary", "multiclass")), when("train.loss.balanced", 0));
    assertEquals(
        Map.of("train.optimizer.name", List.of("sgd")), when("train.optimizer.momentum", 0));
    assertEquals(
        Map.of("train.model.family", List.of("ft-transformer")), when("train.model.heads", 0));
    assertEquals(
        Map.of("train.model.family", List.of("mlp", "auto")), when("train.model.hidden", 0));
    assertEquals(Map.of("train.task", List.of("regression")), when("search.metric", 0));
    assertEquals(Map.of(), when("train.batch-size", 0));
    Variant grid = REFERENCE.key("search.trials").orElseThrow().variants().get(1);
    assertEquals(Map.of("search.sampler", List.of("grid")), grid.when());
    assertEquals("", grid.otherwise());
  }

  @Test
  void textsFitTheWidthAndNameWhatIsRequiredAndByDefault() {
    String all = new ReferenceText(REFERENCE, 80).all();
    assertEquals(
        List.of(),
        all.lines().filter(line -> line.length() > 80 && line.strip().contains(" ")).toList());
    assertEquals(
        """
        columns.label
            text; required
            The column to predict.
            Example: label: price
        """,
        new ReferenceText(REFERENCE, 80).of("columns.label"));
    assertTrue(
        new ReferenceText(REFERENCE, 80).of("momentum").contains("(name: sgd)\n    a number"));
    assertTrue(
        new ReferenceText(REFERENCE, 80).meant("train.optimzer.name").contains("optimizer.name"));
    assertEquals("", new ReferenceText(REFERENCE, 80).of("no-such-key"));
  }

  private static String rule(String path) {
    return REFERENCE.key(path).orElseThrow().variants().get(0).shape().text();
  }

  private static Map<String, List<String>> when(String path, int variant) {
    return REFERENCE.key(path).orElseThrow().variants().get(variant).when();
  }
}
