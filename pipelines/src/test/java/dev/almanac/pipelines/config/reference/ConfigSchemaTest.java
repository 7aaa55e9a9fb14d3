package dev.almanac.pipelines.config.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.pipelines.Launched;
import dev.almanac.pipelines.config.ConfigReader;
import dev.almanac.pipelines.config.yaml.ConfigException;
import dev.almanac.transforms.json.Json;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The schema for editors is that of the readers, and takes what they take. After a change {@code
 * -Dalmanac.expected.write=true} writes it anew.
 */
class ConfigSchemaTest {
  private static final ConfigReference REFERENCE = ConfigReference.ofReaders();
  private static final SchemaCheck SCHEMA = new SchemaCheck(new ConfigSchema(REFERENCE).tree());

  @Test
  void theFileIsCurrent() throws IOException {
    Path file = Launched.ROOT.resolve("docs/config.schema.json");
    String text = Json.pretty(SCHEMA.root());
    if (Boolean.getBoolean("almanac.expected.write")) {
      Files.writeString(file, text);
    }
    assertEquals(text, Files.readString(file));
  }

  @Test
  void examplesAreValid() {
    for (String text : REFERENCE.examples()) {
      assertTrue(SCHEMA.isValid(Examples.tree(text)), text);
    }
  }

  /** Those of the project, and of the cases beside it where they are at hand. */
  @Test
  void configsThatTheReaderTakesAreValid() throws IOException {
    List<String> refused = new ArrayList<>();
    int taken = 0;
    for (Path file : configs()) {
      String text;
      try {
        text = Files.readString(file);
        ConfigReader.parse(file.toString(), text, Set.of());
      } catch (ConfigException | MalformedInputException e) {
        continue;
      }
      taken++;
      if (!SCHEMA.isValid(Examples.tree(text))) {
        refused.add(file.toString());
      }
    }
    assertEquals(List.of(), refused);
    assertTrue(taken >= 8, "configs: " + taken);
  }

  private static List<Path> configs() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path folder :
        List.of(
            Launched.ROOT.resolve("testdata"),
            Launched.ROOT.resolve("benchmarks"),
            Launched.ROOT.resolveSibling("shared").resolve("cases"))) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> found = Files.walk(folder)) {
          found
              .filter(file -> file.toString().endsWith(".yaml") && Files.isRegularFile(file))
              .filter(file -> !file.toString().contains("target"))
              .forEach(files::add);
        }
      }
    }
    return files;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train: {epcohs: 3}",
        "train: {epochs: 0}",
        "train: {epochs: many}",
        "train: {task: ranking}",
        "train: {loss: {delta: 1}}",
        "train: {loss: {name: huber, balanced: true}}",
        "train: {task: binary, loss: {name: huber}}",
        "train: {optimizer: {name: adam, momentum: 0.9}}",
        "train: {optimizer: {learning-rate: 0}}",
        "train: {model: {heads: 4}}",
        "train: {model: {family: resnet, hidden: [64]}}",
        "search: {trials: 3}",
        "search: {metric: validation.auc, space: {train.epochs: {choice: [1]}}}",
        "search: {space: {train.epochs: {int: [1]}}}",
        "search: {space: {train.epochs: {int: [1, 2], choice: [1]}}}",
        "features: [{lgo1p: {column: a}}]",
        "features: [{log1p: {}}]",
        "features: [log1p]",
        "features: [{log1p: {column: a, columns: [b]}}]",
        "features: [{cast: {column: a, to: float32}}]",
        "features: [{hash-bucket: {column: a, buckets: 0, into: b}}]",
        "fit: {numeric: [index]}",
        "fit: {numeric: [standardize: {ddof: 2}]}",
        "fit: {columns: {a: [standardise]}}",
        "columns: {numeric: [a]}",
        "columns: {label: y, numeric: a}",
        "source: {files: [a], delimiter: ';;'}",
        "source: {files: [a], header: 3}",
        "output: {}",
        "nmae: x"
      })
  void whatTheReaderRefusesIsInvalid(String text) {
    try {
      ConfigReader.parse("test.yaml", text, Set.of());
      throw new AssertionError("the reader takes " + text);
    } catch (ConfigException e) {
      assertFalse(SCHEMA.isValid(Examples.tree(text)), text);
    }
  }
}
