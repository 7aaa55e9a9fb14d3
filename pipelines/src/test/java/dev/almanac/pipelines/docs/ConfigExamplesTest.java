package dev.almanac.pipelines.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.pipelines.cli.Call;
import dev.almanac.pipelines.config.ConfigReader;
import dev.almanac.pipelines.config.reference.SchemaCheck;
import dev.almanac.pipelines.config.yaml.ConfigException;
import dev.almanac.pipelines.config.yaml.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The config reader takes what the pages show of configs: blocks of YAML, and sections in a line
 * such as {@code train: {repeats: 3}}. What a piece leaves out comes from a config that has it all.
 */
class ConfigExamplesTest {
  private static final Pattern SECTION =
      Pattern.compile(
          "(source|columns|features|split|fit|output|rejects|predict|train|search): \\{.*\\}");

  private static final String REST =
      """
      source: {files: ["data/*.csv"]}
      columns: {label: label, numeric: [number], nominal: [text]}
      split:
        column: day
        train: {until: 2024-01-01}
        validation: {from: 2024-01-01, until: 2024-07-01}
        test: {from: 2024-07-01}
      output: {dataset: out/dataset}
      train: {task: regression}
      """;

  private static final SchemaCheck SCHEMA = SchemaCheck.ofConfigs();

  @TempDir Path folder;

  @Test
  void everyBlockOfYamlReads() throws IOException {
    List<String> problems = new ArrayList<>();
    int blocks = 0;
    for (Markdown page : Markdown.all()) {
      for (Markdown.Block block : page.blocks()) {
        if (block.language().equals("yaml")) {
          blocks++;
          problem(block.text(), block.place(), problems);
        }
      }
    }
    assertEquals(List.of(), problems);
    assertTrue(blocks >= 4, "blocks: " + blocks);
  }

  @Test
  void everySectionInALineReads() throws IOException {
    List<String> problems = new ArrayList<>();
    int sections = 0;
    for (Markdown page : Markdown.all()) {
      for (Markdown.Piece code : page.code()) {
        if (SECTION.matcher(code.text()).matches() && !page.path().equals("CHANGELOG.md")) {
          sections++;
          problem(code.text(), code.place(), problems);
        }
      }
    }
    assertEquals(List.of(), problems);
    assertTrue(sections >= 4, "sections: " + sections);
  }

  /** The first config that a reader meets makes a model of files that have its columns. */
  @Test
  void theReadmesConfigRuns() throws IOException {
    Markdown readme =
        Markdown.all().stream().filter(page -> page.path().equals("README.md")).findFirst().get();
    String yaml =
        readme.blocks().stream().filter(b -> b.language().equals("yaml")).findFirst().get().text();
    List<String> lines = new ArrayList<>(List.of("id,sold,city,area,rooms,price"));
    for (int i = 0; i < 600; i++) {
      LocalDate sold = LocalDate.of(2023, 1, 1).plusDays(i);
      lines.add("%s,%s,city %s,%s,%s,%s".formatted(i, sold, i % 3, 40 + i % 70, i % 5, i % 70));
    }
    Files.createDirectory(folder.resolve("data"));
    Files.write(folder.resolve("data/sales.csv"), lines);
    Files.writeString(folder.resolve("my.yaml"), yaml);
    Call call = Call.of("run", folder + "/my.yaml", "--no-importance", "--set", "train.epochs=1");
    assertEquals(0, call.status(), call::err);
  }

  @Test
  void aKeyThatDoesNotExistWouldBeFound() throws IOException {
    List<String> problems = new ArrayList<>();
    problem("train: {epcohs: 3}", "here", problems);
    problem("source: {delimiter: \";\"}", "there", problems);
    assertEquals(1, problems.size(), problems::toString);
    assertTrue(problems.get(0).contains("did you mean 'epochs'"), problems::toString);
    assertThrows(ConfigException.class, () -> read("features: [{lgo1p: {column: number}}]"));
  }

  private void problem(String yaml, String place, List<String> problems) throws IOException {
    try {
      read(yaml);
    } catch (ConfigException e) {
      problems.add(place + ": " + e.getMessage());
    }
  }

  private void read(String yaml) throws IOException, ConfigException {
    Map<String, Object> config = map(REST);
    map(yaml).forEach((key, value) -> config.merge(key, value, ConfigExamplesTest::merged));
    Path file = folder.resolve("config.yaml");
    String text = new Dump(DumpSettings.builder().build()).dumpToString(config);
    Files.writeString(file, text);
    EnumSet<Part> needs = EnumSet.allOf(Part.class);
    needs.remove(Part.SEARCH);
    ConfigReader.read(file.toString(), List.of(), needs);
    assertTrue(SCHEMA.takes(text), () -> "not valid by the schema for editors: " + text);
  }

  /** The keys of a section beside those that the piece leaves out. */
  @SuppressWarnings("unchecked")
  private static Object merged(Object rest, Object piece) {
    if (!(rest instanceof Map) || !(piece instanceof Map)) {
      return piece;
    }
    Map<String, Object> both = new LinkedHashMap<>((Map<String, Object>) rest);
    both.putAll((Map<String, Object>) piece);
    return both;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(String yaml) {
    return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
  }
}
