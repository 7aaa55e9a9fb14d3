package dev.almanac.pipelines.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.cases.CaseFolder.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project that was moved, and what `run` does when nothing has to be done again. */
class MovedCasesTest {
  @TempDir Path temporary;

  private CaseFolder moved(CaseFolder from, String to) throws IOException {
    Path there = temporary.resolve(to);
    Files.move(from.path(), there);
    return CaseFolder.in(there);
  }

  @Test
  void aMovedProjectIsEvaluatedReportedVerifiedAndRebuiltWhereItIs() throws IOException {
    CaseFolder first = CaseFolder.of("61-moved2", temporary);
    first.run("prepare", "c.yaml").json();
    String run = first.run("train", "c.yaml").json().get("run-id").textValue();
    CaseFolder moved = moved(first, "elsewhere");

    Answer evaluated = moved.run("evaluate", "c.yaml");
    assertEquals(run, evaluated.json().get("run-id").textValue());
    assertTrue(
        evaluated.err().contains("found by its hash in " + moved.path("out/ds")), evaluated.err());
    JsonNode report = moved.run("report", "c.yaml").json();
    String page = Files.readString(Path.of(report.get("report").textValue()));
    assertFalse(page.contains("Cannot show its rows"), "the page shows the dataset's rows");
    String config = moved.path("c.yaml").toString();
    assertTrue(moved.run("runs", "verify", config).json().get("same").booleanValue());
    assertTrue(moved.run("runs", "rerun", config).json().get("equal").booleanValue());
    moved.run("export", "c.yaml").json();
    Predicted.of(moved, "c.yaml", moved.path("data", "a.csv"));
  }

  @Test
  void aMovedFolderOfDatasetsIsFoundByTodaysConfig() throws IOException {
    CaseFolder project = CaseFolder.of("61-moved2", temporary);
    project.run("prepare", "c.yaml").json();
    project.run("train", "c.yaml").json();
    Files.move(project.path("out", "ds"), project.path("kept"));
    String lost = project.run("evaluate", "c.yaml").error(1);
    assertTrue(lost.contains("it is gone") && lost.contains("output.dataset"), lost);
    project.run("evaluate", "c.yaml", "--set", "output.dataset=kept").json();
  }

  @Test
  void runTakesTheDatasetThatItWouldMakeAndNoOther() throws IOException {
    CaseFolder project = CaseFolder.of("61-moved2", temporary);
    Answer first = project.run("run", "c.yaml");
    String dataset = first.json().get("dataset").textValue();
    assertFalse(first.json().get("dataset-reused").booleanValue());
    Answer second = project.run("run", "c.yaml");
    assertEquals(dataset, second.json().get("dataset").textValue());
    assertTrue(second.err().contains("Taking dataset " + dataset), second.err());
    assertEquals(first.json().at("/metrics/test"), second.json().at("/metrics/test"));
    Answer fresh = project.run("run", "c.yaml", "--fresh");
    assertFalse(dataset.equals(fresh.json().get("dataset").textValue()));

    // One cell is another, the size is the same.
    String text = Files.readString(project.path("data", "a.csv"));
    int digit = text.length() - 2;
    String changed = text.substring(0, digit) + (text.charAt(digit) == '1' ? '2' : '1') + "\n";
    assertEquals(text.length(), changed.length());
    project.write("data/a.csv", changed);
    Answer third = project.run("run", "c.yaml");
    assertFalse(third.json().get("dataset-reused").booleanValue(), third.err());
    assertTrue(third.err().contains("the source has changed since"), third.err());
  }

  @Test
  void withoutSearchWhatTheSearchSectionClaimsDoesNotMatter() throws IOException {
    CaseFolder project = CaseFolder.of("61-moved2", temporary);
    project.write(
        "s.yaml",
        Files.readString(project.path("c.yaml"))
            + "search: {trials: 2, metric: validation.nonsense, space: {train.modle: {choice: [1]}}}\n");
    project.run("run", "s.yaml").error(2);
    Answer trained = project.run("run", "s.yaml", "--no-search");
    assertTrue(trained.json().has("report"));
  }
}
