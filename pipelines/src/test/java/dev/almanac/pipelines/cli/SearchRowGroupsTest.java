package dev.almanac.pipelines.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunStore;
import dev.almanac.training.run.RungRecord;
import dev.almanac.training.search.StudyRecord;
import dev.almanac.training.search.trial.Resource;
import dev.almanac.training.search.trial.Trial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Searches that compare trials by row groups: of the train split there are four. */
@Timeout(300)
class SearchRowGroupsTest {
  private static final String TEXT =
      SmallConfig.SEARCH
          .replace("trials: 4", "trials: 6")
          .replace("epochs: 3", "epochs: 2, patience: 0")
          .replace("[8]", "[8], dropout: 0.2")
          .replace(
              "  parallel: 2",
              "  parallel: 2\n  pruner: {name: asha, resource: row-groups, min: 1, eta: 2}");

  @TempDir Path folder;

  @Test
  void trialsAreComparedWithinAnEpochAndTheSameForOneWorkerAndTwo() throws Exception {
    List<String> journals = new ArrayList<>();
    for (int workers = 1; workers <= 2; workers++) {
      Path at = folder.resolve("workers-" + workers);
      String config = SmallConfig.writeBeside(at, TEXT);
      Call call = Call.of("search", config, "--json", "--set", "search.parallel=" + workers);
      assertEquals(0, call.status(), call.err());
      assertTrue(call.err().contains(": waits after 1 row group, validation.mae "), call.err());
      assertTrue(call.err().contains(": goes on after 2 row groups"), call.err());
      String journal = Files.readString(at.resolve("studies/small/trials.jsonl"));
      assertTrue(journal.contains("\"reports\":[{\"row-groups\":1,\"value\":"), journal);
      journals.add(journal.replaceAll("\"(seconds|run-id)\":[^,}]+,?", ""));
      StudyRecord study = StudyRecord.read(at.resolve("studies/small").toString());
      checkStudy(study);
      assertTrue(
          Files.readString(at.resolve("studies/small/study.html"))
              .contains("Value of each trial by row groups"));
      Call shown = Call.of("study", "show", at.resolve("studies/small").toString());
      assertTrue(shown.out().contains(study.reached() + " row groups, "), shown.out());

      // A trial that waited at three rungs has the weights of one that never did.
      Trial winner = study.best().orElseThrow();
      Call rerun = Call.of("runs", "rerun", config, winner.runId(), "--json");
      assertTrue(rerun.json().get("equal").booleanValue(), rerun.out());
      Run made = Run.open(at.resolve("runs").resolve(winner.runId()).toString());
      assertEquals(List.of(1, 2), made.rungs().stream().map(RungRecord::rowGroups).toList());
    }
    assertEquals(journals.get(0), journals.get(1));
  }

  private static void checkStudy(StudyRecord study) {
    assertEquals(Resource.ROW_GROUPS, study.resource());
    assertEquals(4, study.question("course").at("/epochs/row-groups").intValue());
    int furthest = 0;
    boolean isWithin = false;
    for (Trial trial : study.trials()) {
      boolean isWaiting = trial.state() == Trial.State.PAUSED;
      assertTrue(isWaiting || trial.state() == Trial.State.FINISHED, trial::toString);
      furthest = Math.max(furthest, trial.reached());
      isWithin |= isWaiting && trial.reached() < 4;
    }
    assertEquals(8, furthest);
    assertTrue(isWithin, "a trial waits within its first epoch");
  }

  @Test
  void everyPrunerThatHasRungsTakesRowGroups() throws Exception {
    for (String pruner :
        List.of(
            "{name: median, resource: row-groups, startup: 1, from: 2, every: 3}",
            "{name: hyperband, resource: row-groups, min: 2, eta: 2}",
            "{name: asha, resource: row-groups, form: stop, min: 1, eta: 2}")) {
      Path at = folder.resolve(pruner.replaceAll("[^a-z]+", "-"));
      String config =
          SmallConfig.writeBeside(at, TEXT.replaceFirst("pruner: \\{.*\\}", "pruner: " + pruner));
      Call call = Call.of("search", config, "--json");
      assertEquals(0, call.status(), call.err());
      StudyRecord study = StudyRecord.read(at.resolve("studies/small").toString());
      assertTrue(study.best().isPresent());
      for (Trial trial : study.trials()) {
        if (trial.state() == Trial.State.PRUNED) {
          assertTrue(trial.reason().matches("after [0-9]+ row groups? it was .*"), trial.reason());
        }
        assertFalse(trial.state() == Trial.State.FAILED, trial.reason());
      }
    }
  }

  @Test
  void trialsOfSeveralDatasetsAreNotCountedInRowGroups() throws Exception {
    String config =
        SmallConfig.write(
            folder,
            TEXT.replace("  space:", "  space:\n    output.row-group-rows: {choice: [500, 1000]}"));
    Call call = Call.of("search", config, "--json");
    assertEquals(2, call.status());
    assertTrue(
        call.err()
            .contains(
                "search.pruner.resource: row-groups are counted in one dataset, and search.space"
                    + " varies output.row-group-rows"),
        call.err());
    Call unknown =
        Call.of("search", config, "--json", "--set", "search.pruner={name: asha, resource: rows}");
    assertEquals(2, unknown.status());
    assertTrue(
        unknown.err().contains("search.pruner.resource: must be one of epochs, row-groups (rows"),
        unknown.err());
    assertEquals(List.of(), new RunStore(folder + "/runs").list());
  }

  @Test
  void aStudyInEpochsDoesNotSayWhatItAlwaysWas() throws Exception {
    String config =
        SmallConfig.write(folder, TEXT.replace("resource: row-groups", "resource: epochs"));
    Call call = Call.of("search", config, "--json", "--set", "search.trials=1");
    assertEquals(0, call.status(), call.err());
    StudyRecord study = StudyRecord.read(folder.resolve("studies/small").toString());
    JsonNode course = study.question("course");
    assertFalse(course.path("pruner").has("resource"), course::toString);
    assertFalse(course.path("epochs").has("row-groups"), course::toString);
    Call changed = Call.of("search", config, "--set", "search.pruner.resource=row-groups");
    assertEquals(1, changed.status());
    assertTrue(
        changed.err().contains("resource was epochs and is row-groups, 4 an epoch"), changed.err());
  }
}
