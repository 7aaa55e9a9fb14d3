package dev.almanac.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.pipelines.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person is told when the request or the data is wrong: what, where, what to do. */
class BadInputTest {
  private static final int REQUEST = 2;
  private static final int WORK = 1;

  @TempDir Path folder;
  private Path config;

  private record Answer(int status, String text) {}

  @BeforeEach
  void write() throws IOException {
    List<String> lines = new ArrayList<>(List.of("day,kind,x,y,nothing"));
    LocalDate day = LocalDate.of(2020, 1, 1);
    for (int i = 0; i < 400; i++) {
      lines.add("%s,k%d,%d,%.2f,".formatted(day.plusDays(i), i % 3, i % 17, 0.5 * (i % 17) + 1));
    }
    Files.write(folder.resolve("data.csv"), lines);
    config = folder.resolve("config.yaml");
    Files.writeString(
        config,
        """
        name: small
        source: {files: [data.csv]}
        columns: {label: y, numeric: [x], nominal: [kind], keep: [day]}
        split:
          column: day
          train: {until: 2020-09-01}
          validation: {from: 2020-09-01, until: 2020-11-01}
          test: {from: 2020-11-01}
        output: {dataset: datasets, row-group-rows: 64, files: 1}
        train: {task: regression, model: {hidden: [8]}, batch-size: 32, epochs: 2}
        """);
  }

  @Test
  void aMissingFileAndAnEmptyGlobAreNamedTogether() {
    Answer answer = run("prepare", "--set", "source.files=[absent.csv, \"none/*.csv\"]");
    assertEquals(REQUEST, answer.status());
    assertTrue(answer.text().contains("Cannot find source files: " + folder + "/absent.csv"));
    assertTrue(answer.text().contains(folder + "/none/*.csv matches nothing"));
    assertNothingWritten();
  }

  @Test
  void aLabelThatIsAbsentIsNamedWithTheColumnsThereAre() {
    Answer answer = run("prepare", "--set", "columns.label=z");
    assertEquals(REQUEST, answer.status());
    assertTrue(answer.text().contains("'z'"), answer.text());
    assertTrue(answer.text().contains("columns.label"), answer.text());
    assertNothingWritten();
  }

  @Test
  void aLabelThatIsMissingInEveryRowSaysSo() throws IOException {
    Files.writeString(
        folder.resolve("schema.json"),
        """
        {"format-version": 1, "columns": [
          {"name": "day", "type": "date", "date-form": "yyyy-MM-dd", "nullable": false},
          {"name": "kind", "type": "string", "nullable": true},
          {"name": "x", "type": "long", "nullable": true},
          {"name": "nothing", "type": "double", "nullable": true}]}
        """);
    Answer answer = run("prepare", "--set", "columns.label=nothing", "--set", "schema=schema.json");
    assertEquals(WORK, answer.status());
    assertTrue(
        answer.text().contains("the label 'nothing' is missing in every row"), answer.text());
    assertNothingWritten();
  }

  @Test
  void anEmptyTrainSplitSaysWhereTheRowsWent() {
    Answer answer = run("prepare", "--set", "split.train={until: 2019-01-01}");
    assertEquals(WORK, answer.status());
    assertTrue(answer.text().contains("no row with a label falls into split.train"), answer.text());
    assertNothingWritten();
  }

  @Test
  void overlappingRangesAreRefusedBeforeAnyWork() {
    Answer answer =
        run("prepare", "--set", "split.validation={from: 2020-08-01, until: 2020-11-01}");
    assertEquals(REQUEST, answer.status());
    assertTrue(answer.text().contains("split.validation"), answer.text());
    assertNothingWritten();
  }

  @Test
  void aDateColumnThatDoesNotParseShowsTheFirstBadValue() throws IOException {
    Path data = folder.resolve("data.csv");
    List<String> lines = new ArrayList<>(Files.readAllLines(data));
    lines.set(7, lines.get(7).replaceFirst("^[^,]*", "someday"));
    Files.write(data, lines);
    Answer answer = run("prepare");
    assertEquals(WORK, answer.status());
    assertTrue(answer.text().contains("column 'day': not-a-date: someday"), answer.text());
    assertTrue(answer.text().contains("line 8 (byte "), answer.text());
    assertNothingWritten();
  }

  @Test
  void anUnknownRunnerIsNamedWithTheKnownOnes() {
    Answer answer = run("prepare", "--runner", "sparc");
    assertEquals(REQUEST, answer.status());
    assertTrue(answer.text().contains("runners are direct, spark, flink, dataflow"), answer.text());
    assertTrue(answer.text().contains("did you mean 'spark'?"), answer.text());
  }

  @Test
  void everyProblemOfAConfigComesAtOnce() {
    Answer answer =
        run(
            "prepare",
            "--set",
            "columns.numeric=[y]",
            "--set",
            "output.row-group-rows=0",
            "--set",
            "train.modle=1",
            "--runner",
            "sparc");
    assertEquals(REQUEST, answer.status());
    for (String part :
        List.of("columns.numeric[0]", "output.row-group-rows", "did you mean 'model'", "sparc")) {
      assertTrue(answer.text().contains(part), part + " in " + answer.text());
    }
    assertFalse(answer.text().contains("\tat "), answer.text());
  }

  @Test
  void aDatasetThatIsNotFinishedOrWasChangedIsRefused() throws IOException {
    assertEquals(0, run("prepare").status());
    Path dataset = only(folder.resolve("datasets"));
    Path part = only(dataset.resolve("train"));
    byte[] bytes = Files.readAllBytes(part);
    bytes[40] ^= 1;
    Files.write(part, bytes);
    Answer changed = run("train");
    assertEquals(WORK, changed.status());
    assertTrue(
        changed.text().contains("train/part-00000-of-00001.parquet: its content changed"),
        changed.text());
    Files.delete(dataset.resolve("dataset.json"));
    Answer unfinished = run("train", "--dataset", dataset.toString());
    assertEquals(WORK, unfinished.status());
    assertTrue(unfinished.text().contains("dataset.json"), unfinished.text());
  }

  @Test
  void aRunIsNotUsedOnFilesWithoutItsColumns() throws IOException {
    assertEquals(0, run("prepare").status());
    assertEquals(0, run("train").status());
    Path other = folder.resolve("other.csv");
    Files.writeString(other, "day,x\n2021-01-01,3\n");
    Answer answer =
        run("predict", "--input", other.toString(), "--output", folder.resolve("out").toString());
    assertEquals(WORK, answer.status());
    assertTrue(answer.text().contains("column 'kind'"), answer.text());
    assertTrue(answer.text().contains(other.toString()), answer.text());
    assertFalse(Files.exists(folder.resolve("out/predictions.json")));
  }

  @Test
  void aLossThatIsNotANumberStopsTheRunAndKeepsNoModel() throws IOException {
    assertEquals(0, run("prepare").status());
    Answer answer =
        run(
            "train",
            "--set",
            "train.optimizer={name: sgd, learning-rate: 1.0e+30, schedule: constant}");
    assertEquals(WORK, answer.status());
    assertTrue(answer.text().contains("learning-rate"), answer.text());
    Path run = only(folder.resolve("runs"));
    assertFalse(Files.exists(run.resolve("model")));
    assertTrue(Files.readString(run.resolve("run.json")).contains("\"failed\""));
  }

  private void assertNothingWritten() {
    try (Stream<Path> left =
        Files.exists(folder.resolve("datasets"))
            ? Files.walk(folder.resolve("datasets")).filter(Files::isRegularFile)
            : Stream.empty()) {
      assertEquals(List.of(), left.toList());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Path only(Path folder) throws IOException {
    try (Stream<Path> inside = Files.list(folder)) {
      List<Path> found =
          inside.filter(path -> !path.getFileName().toString().startsWith(".")).toList();
      assertEquals(1, found.size(), found::toString);
      return found.get(0);
    }
  }

  private Answer run(String command, String... options) {
    List<String> arguments = new ArrayList<>(List.of(command, config.toString()));
    arguments.addAll(List.of(options));
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    PrintStream both = new PrintStream(text);
    int status = Main.run(arguments.toArray(String[]::new), both, both);
    return new Answer(status, text.toString(StandardCharsets.UTF_8));
  }
}
