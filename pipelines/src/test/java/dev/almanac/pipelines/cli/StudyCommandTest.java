package dev.almanac.pipelines.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.StudyFiles;
import dev.almanac.training.search.trial.Given;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    new StudyFiles(folder.resolve("first")).write("first", 40, "minimize");
    new StudyFiles(folder.resolve("second")).write("second", 3, "maximize");
    Files.createDirectories(folder.resolve("broken"));
    Files.writeString(folder.resolve("broken/study.json"), "{");
    Files.createDirectories(folder.resolve("no study"));
  }

  private Call study(String... words) {
    List<String> all = new ArrayList<>(List.of("study"));
    all.addAll(List.of(words));
    all.addAll(List.of("--studies", folder.toString()));
    return Call.of(all.toArray(String[]::new));
  }

  @Test
  void theListHasEveryStudyAndOneThatCannotBeReadIsALine() throws IOException {
    Call call = study("list", "--json");
    assertEquals(0, call.status(), call::err);
    JsonNode listed = Json.tree(call.out(), "list");
    assertEquals(2, listed.get("studies").size());
    JsonNode first = listed.get("studies").get(0);
    assertEquals("first", first.get("name").asText());
    assertEquals("stopped", first.get("state").asText());
    assertEquals(40, total(first.get("trials")));
    assertTrue(first.get("best").asDouble() < 20.1, first::toString);
    assertTrue(listed.get("unreadable").has("broken"));
    String text = study("list").out();
    assertTrue(text.contains("unreadable"), text);
    assertTrue(text.lines().anyMatch(line -> line.startsWith("second")), text);
  }

  @Test
  void theBestThatWereTrainedAgainAreShownWithTheirSpread() throws IOException {
    new StudyFiles(folder.resolve("first/confirm")).write("first/confirm", 0, "minimize");
    List<Trial> trials = StudyFiles.trials(40);
    StringBuilder again = new StringBuilder();
    double[] values = {20.5, 20.3, 20.9, 20.4};
    for (int i = 0; i < values.length; i++) {
      Trial trial = trials.get(i / 2);
      again
          .append(
              Json.line(
                  Given.of("trial " + trial.number(), trial.assignment())
                      .trial(i)
                      .trained(Trial.State.FINISHED, values[i], List.of(), 1)))
          .append('\n');
    }
    Files.writeString(folder.resolve("first/confirm/trials.jsonl"), again);
    JsonNode confirmed = Json.tree(study("show", "first", "--json").out(), "show").get("confirmed");
    assertEquals(0, confirmed.at("/0/trial").intValue());
    assertEquals(20.4, confirmed.at("/0/spread/mean").doubleValue(), 1e-9);
    assertEquals(20.65, confirmed.at("/1/spread/mean").doubleValue(), 1e-9);
    assertTrue(study("show", "first").out().contains("Trained again with fresh seeds"));
    assertTrue(Files.readString(folder.resolve("first/study.html")).contains("20.50, 20.30"));
    assertEquals(
        2,
        Json.tree(study("list", "--json").out(), "list").get("studies").size(),
        "what confirms a study is none of its own");
  }

  private static int total(JsonNode counts) {
    int total = 0;
    for (JsonNode count : counts) {
      total += count.asInt();
    }
    return total;
  }

  @Test
  void aStudyIsShownByTheBeginningOfItsNameAndItsPageIsWritten() throws IOException {
    Call call = study("show", "fir", "--best", "3");
    assertEquals(0, call.status(), call::err);
    assertTrue(call.out().contains("The best, trial "), call::out);
    assertTrue(call.out().contains("What mattered"), call::out);
    assertTrue(
        call.out().lines().anyMatch(line -> line.matches("..ptimizer.learning-rate +#{20,}.*")),
        call::out);
    assertTrue(Files.readString(folder.resolve("first/study.html")).endsWith("</html>\n"));
    JsonNode shown = Json.tree(study("show", "first", "--json").out(), "show");
    assertEquals(5, shown.get("best").size());
    assertEquals(
        "train.optimizer.learning-rate",
        shown.get("importance").get("parameters").get(0).get("path").asText());
    assertEquals(folder.resolve("first/study.html").toString(), shown.get("page").asText());
  }

  @Test
  void aStudyOfFewTrialsIsShownWithoutImportance() {
    Call call = study("show", "second");
    assertEquals(0, call.status(), call::err);
    assertTrue(call.out().contains("it takes 10 trials"), call::out);
  }

  @Test
  void aStudyThatIsNotThereIsNamedBesideThoseThatAre() {
    Call call = study("show", "third");
    assertEquals(1, call.status());
    assertTrue(call.err().contains("Cannot find study 'third'"), call::err);
    assertTrue(call.err().contains("first"), call::err);
    Call none = study("show");
    assertEquals(1, none.status());
    assertTrue(none.err().contains("name one"), none::err);
  }

  @Test
  void withoutAnyFolderTheRequestIsWrong() {
    Call call = Call.of("study", "list", "--studies", folder + "/nowhere");
    assertEquals(2, call.status());
    assertTrue(call.err().contains("there is no such folder"), call::err);
    Call format = study("export", "first", "--format", "xml");
    assertEquals(2, format.status());
  }

  /** By another reader, DuckDB's. */
  @Test
  void csvReadsBackToTheTrials() throws Exception {
    Path file = folder.resolve("trials.csv");
    Call call = study("export", "first");
    assertEquals(0, call.status(), call::err);
    Files.writeString(file, call.out());
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement ask = duck.createStatement();
        ResultSet rows =
            ask.executeQuery(
                "SELECT * FROM read_csv('%s', header = true, all_varchar = true, quote = '\"', escape = '\"')"
                    .formatted(file))) {
      for (Trial trial : StudyFiles.trials(40)) {
        assertTrue(rows.next());
        assertEquals(Integer.toString(trial.number()), rows.getString("number"));
        assertEquals(trial.state().text(), rows.getString("state"));
        assertEquals(
            trial.value() == null ? null : trial.value().toString(), rows.getString("value"));
        assertEquals(
            trial.assignment().get("train.model.family").textValue(),
            rows.getString("train.model.family"));
        assertEquals(
            trial.assignment().containsKey("train.model.heads"),
            rows.getString("train.model.heads") != null);
      }
      assertFalse(rows.next());
    }
  }

  @Test
  void jsonLinesReadBackToTheTrials() throws IOException {
    Path file = folder.resolve("trials.jsonl");
    Call call = study("export", "first", "-o", file.toString());
    assertEquals(0, call.status(), call::err);
    List<Trial> trials = StudyFiles.trials(40);
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < 40; i++) {
      assertEquals(trials.get(i), Json.read(lines.get(i), Trial.class, "line"));
    }
  }
}
