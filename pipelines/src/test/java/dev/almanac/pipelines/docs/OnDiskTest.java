package dev.almanac.pipelines.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.Launched;
import dev.almanac.pipelines.cli.Call;
import dev.almanac.transforms.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/datasets.md lists every key of every file: what a search, a training, an evaluation and a
 * prediction write holds just those keys; those that the page begins by "when" may be absent.
 */
@Timeout(300)
class OnDiskTest {
  private static final String CONFIG =
      """
      source: {files: [data.csv]}
      columns: {label: y, numeric: [rain, wind], nominal: [station, size], keep: [day]}
      split:
        column: day
        train: {until: 2021-09-01}
        validation: {from: 2021-09-01, until: 2022-01-01}
        test: {from: 2022-01-01}
      fit:
        columns:
          rain: [impute-mean: {indicator: true}, standardize, clip: {sd: 3}]
          size: [quantile-bins: {bins: 3}]
      rejects: {max-rows: 1}
      output: {dataset: datasets, files: 1, row-group-rows: 300}
      train: {task: regression, model: {hidden: [4]}, batch-size: 64, epochs: 1, device: cpu, threads: 1}
      track: {tensorboard: true}
      search:
        trials: 1
        pruner: {name: asha, resource: row-groups}
        space: {train.batch-size: {choice: [64, 128]}}
      """;

  private static final Pattern ROW = Pattern.compile("\\| (`.*?) \\| (.*) \\|");
  private static final Pattern KEY = Pattern.compile("`([^`]+)`");

  @TempDir static Path folder;

  @Test
  void filesHoldTheKeysThatThePageLists() throws IOException {
    Map<String, Map<String, Boolean>> listed = listed();
    List<String> differences = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    for (Path file : files()) {
      String name = file.getFileName().toString();
      for (Map.Entry<String, Map<String, Boolean>> page : listed.entrySet()) {
        if (name.matches(page.getKey())) {
          seen.add(page.getKey());
          compare(file, page.getValue(), differences);
        }
      }
    }
    assertEquals(List.of(), differences);
    assertEquals(new TreeSet<>(listed.keySet()), seen);
  }

  @Test
  void everyFileOfJsonIsOnThePage() throws IOException {
    Set<String> listed = listed().keySet();
    assertEquals(
        List.of("index.json", "types.jsonl"),
        files().stream()
            .map(file -> file.getFileName().toString())
            .filter(name -> listed.stream().noneMatch(name::matches))
            .filter(name -> !name.startsWith("pinned-"))
            .toList(),
        "those of source/ are for Almanac alone");
  }

  /** Of those that may be absent, too: a key that no record has any more would stay on the page. */
  @Test
  void everyKeyIsAComponentOfARecord() throws IOException {
    StringBuilder sources = new StringBuilder();
    for (String module : List.of("transforms", "training", "pipelines")) {
      for (Path file : Markdown.files(Launched.ROOT.resolve(module + "/src/main"), ".java")) {
        sources.append(Files.readString(file));
      }
    }
    Set<String> unknown = new TreeSet<>();
    for (Map<String, Boolean> keys : listed().values()) {
      for (String key : keys.keySet()) {
        for (String part : key.split("\\.")) {
          if (!isComponent(part, sources)) {
            unknown.add(key);
          }
        }
      }
    }
    assertEquals(Set.of(), unknown);
  }

  private static boolean isComponent(String key, CharSequence sources) {
    String name =
        Pattern.compile("-(\\w)")
            .matcher(key)
            .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
    return Pattern.compile("[\\w>\\]] " + name + "[,)]").matcher(sources).find()
        || Pattern.compile("\"" + key + "\"").matcher(sources).find();
  }

  private static void compare(Path file, Map<String, Boolean> keys, List<String> differences)
      throws IOException {
    boolean lines = file.toString().endsWith(".jsonl");
    for (String text : lines ? Files.readAllLines(file) : List.of(Files.readString(file))) {
      JsonNode root = Json.tree(text, file.toString());
      Map<String, Boolean> below = new LinkedHashMap<>();
      keys.forEach((key, optional) -> below.merge(key.split("\\.")[0], optional, (a, b) -> a && b));
      compare(file, "", root, below, differences);
      Set<String> parents = new LinkedHashSet<>();
      keys.keySet().stream()
          .filter(key -> key.contains("."))
          .forEach(key -> parents.add(key.split("\\.")[0]));
      for (String parent : parents) {
        Map<String, Boolean> children = new LinkedHashMap<>();
        keys.forEach(
            (key, optional) -> {
              if (key.startsWith(parent + ".")) {
                children.put(key.substring(parent.length() + 1), optional);
              }
            });
        JsonNode value = root.path(parent);
        for (JsonNode one : value.isArray() ? value : List.of(value)) {
          compare(file, parent + ".", one, children, differences);
        }
      }
    }
  }

  private static void compare(
      Path file, String at, JsonNode found, Map<String, Boolean> keys, List<String> differences) {
    String name = file.getFileName().toString();
    found
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!keys.containsKey(key)) {
                differences.add("%s: the page lacks %s%s".formatted(name, at, key));
              }
            });
    keys.forEach(
        (key, optional) -> {
          if (!optional && !found.has(key)) {
            differences.add("%s: the file lacks %s%s".formatted(name, at, key));
          }
        });
  }

  /** By the pattern of a file's name its keys, and whether each may be absent. */
  private static Map<String, Map<String, Boolean>> listed() throws IOException {
    Map<String, Map<String, Boolean>> files = new LinkedHashMap<>();
    Map<String, Boolean> keys = new LinkedHashMap<>();
    for (Markdown page : Markdown.all()) {
      for (Markdown.Piece line :
          page.path().equals("docs/datasets.md") ? page.lines() : List.<Markdown.Piece>of()) {
        Matcher row = ROW.matcher(line.text());
        if (line.text().startsWith("#")) {
          keys = new LinkedHashMap<>();
          if (line.text().startsWith("### `")) {
            String name = line.text().replaceAll("### `|`", "");
            files.put(name.replace(".", "\\.").replaceAll("NAME|NUMBER", ".*"), keys);
          }
        } else if (row.matches()) {
          Matcher key = KEY.matcher(row.group(1));
          while (key.find()) {
            keys.put(key.group(1), row.group(2).startsWith("when "));
          }
        }
      }
    }
    return files;
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().matches(".*\\.jsonl?"))
          .sorted()
          .collect(Collectors.toList());
    }
  }

  @BeforeAll
  static void write() throws IOException {
    Random random = new Random(4);
    List<String> lines = new ArrayList<>(List.of("day,station,rain,wind,size,y"));
    LocalDate day = LocalDate.of(2020, 1, 1);
    for (int i = 0; i < 900; i++) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s,s%d,%s,%d,%d,%.2f",
              day.plusDays(i),
              i % 5,
              i % 11 == 0 ? "" : Integer.toString(random.nextInt(90)),
              i % 7,
              i % 13,
              random.nextGaussian()));
    }
    lines.add("a row,of too few");
    Files.write(folder.resolve("data.csv"), lines);
    Files.writeString(folder.resolve("my.yaml"), CONFIG);
    run("run");
    run("predict", "--input", folder + "/data.csv", "--output", folder + "/predictions");
    String run;
    try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
      run = runs.filter(Files::isDirectory).findFirst().orElseThrow().getFileName().toString();
    }
    run("runs", "promote", run);
    String other = Call.of("train", folder + "/my.yaml", "--json").result().get("run-id").asText();
    run("runs", "delete", other);
    run("runs", "tag", run, "a=b");
  }

  private static void run(String... words) {
    List<String> arguments = new ArrayList<>(List.of(words));
    arguments.add(words[0].equals("runs") ? 2 : 1, folder.resolve("my.yaml").toString());
    Call call = Call.of(arguments.toArray(String[]::new));
    assertEquals(0, call.status(), call::err);
  }
}
