package dev.almanac.pipelines.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.work.Figures;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunStore;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which run the commands take that are given none. */
@Timeout(300)
class RunChoicesTest {
  @TempDir Path folder;

  private Call call(String... arguments) {
    Call call = Call.of(arguments);
    assertEquals(0, call.status(), call.err());
    return call;
  }

  private String refused(String... arguments) {
    Call call = Call.of(arguments);
    assertEquals(1, call.status(), call.err());
    assertFalse(call.err().contains("unexpected"), call.err());
    return call.err();
  }

  private Call predict(String config) {
    return call(
        "predict",
        config,
        "--json",
        "--input",
        folder + "/source/*.csv",
        "--output",
        folder + "/out");
  }

  private static String id(Call call) throws IOException {
    return call.json().get("run-id").textValue();
  }

  @Test
  void afterASearchTheWinnerStandsAndNotTheLastTrial() throws Exception {
    String config = SmallConfig.write(folder, SmallConfig.SEARCH);
    Call searched = call("run", config, "--json", "--set", "search.parallel=1");
    String winner = id(searched);
    List<String> trials = new ArrayList<>();
    for (Run run : new RunStore(folder + "/runs").list()) {
      trials.add(run.record().runId());
    }
    assertEquals(4, trials.size());

    Call predicted = predict(config);
    assertEquals(winner, id(predicted));
    String value = Figures.number(searched.json().at("/best/value").doubleValue());
    assertTrue(
        predicted
            .err()
            .contains(
                "run %s: the winner of study small, validation.mae %s".formatted(winner, value)),
        predicted.err());
    assertEquals(winner, id(call("export", config, "--json")));
    assertEquals(winner, id(call("evaluate", config, "--json")));
    for (Run run : new RunStore(folder + "/runs").list()) {
      assertEquals(run.record().runId().equals(winner), run.record().metrics().containsKey("test"));
    }

    // Trained once more it is that run, until a person says otherwise.
    String trained = id(call("train", config, "--json"));
    assertEquals(trained, id(predict(config)));
    String loser = trials.stream().filter(trial -> !trial.equals(winner)).findFirst().orElseThrow();
    call("runs", "promote", config, loser);
    assertEquals(loser, id(predict(config)));
    assertEquals(loser, id(predict(config)));
    id(call("train", config, "--json"));
    assertTrue(predict(config).err().contains("pinned by `runs promote`"));
    Call list = call("runs", "list", config, "--json");
    List<String> pinned = new ArrayList<>();
    for (JsonNode run : list.json().get("runs")) {
      if (run.path("stands").asText().equals("pinned")) {
        pinned.add(run.get("run-id").textValue());
      }
    }
    assertEquals(List.of(loser), pinned);
    call("search", config);
    assertEquals(loser, id(predict(config)));
    call("runs", "promote", config, "--unpin");
    assertEquals(winner, id(predict(config)));

    // The winner's folder is gone: never the last trial in its place.
    Storage.deleteFolder(folder + "/runs/" + winner);
    String gone =
        refused(
            "predict",
            config,
            "--input",
            folder + "/source/*.csv",
            "--output",
            folder.resolve("o").toString());
    assertTrue(gone.contains(winner) && gone.contains("almanac search"), gone);
    String second = id(call("search", config, "--json"));
    assertEquals(second, id(predict(config)));
    assertFalse(second.equals(winner));

    // A search that has not ended has no winner.
    try (var files = Files.list(folder.resolve("runs"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
    for (Run run : new RunStore(folder + "/runs").list()) {
      if (run.record().trial() == null) {
        Storage.deleteFolder(run.folder());
      }
    }
    assertTrue(refused("export", config).contains("trials of a search that has not ended"));
  }

  @Test
  void aPinnedRunThatIsGoneIsNeverReplacedInSilence() throws IOException {
    String config = SmallConfig.write(folder, SmallConfig.TEXT);
    call("prepare", config);
    String first = id(call("train", config, "--json"));
    String second = id(call("train", config, "--json"));
    assertEquals(second, id(predict(config)));
    call("runs", "promote", config, first.substring(0, first.length() - 1));
    assertEquals(first, id(predict(config)));
    Storage.deleteFolder(folder + "/runs/" + first);
    String error = refused("export", config);
    assertTrue(error.contains(first) && error.contains("--unpin"), error);
    call("runs", "promote", config, "--unpin");
    assertEquals(second, id(predict(config)));
    assertEquals(
        2, Call.of("runs", "promote", config, second, "--unpin").status(), "one of the two");
    assertEquals(1, Call.of("runs", "promote", config, "nothing").status());
  }

  @Test
  void ofRepeatsTheBestStandsAndEvaluateReadsThemAll() throws IOException {
    String config = SmallConfig.write(folder, SmallConfig.TEXT);
    call("prepare", config);
    Call trained = call("train", config, "--json", "--set", "train.repeats=2");
    Call predicted = predict(config);
    assertEquals(id(trained), id(predicted));
    assertTrue(predicted.err().contains("the best on validation of 2 repeats"), predicted.err());
    assertEquals(2, call("evaluate", config, "--json").json().get("runs").size());
  }

  @Test
  void aLastRunThatIsGoneIsSaidAndTheNewestIsTaken() throws IOException {
    String config = SmallConfig.write(folder, SmallConfig.TEXT);
    call("prepare", config);
    String first = id(call("train", config, "--json"));
    String second = id(call("train", config, "--json"));
    Storage.deleteFolder(folder + "/runs/" + second);
    Call predicted = predict(config);
    assertEquals(first, id(predicted));
    assertTrue(predicted.err().contains(second + ", the last that was trained"), predicted.err());
  }

  @Test
  void aDamagedChoiceIsNamedAndNotGuessed() throws IOException {
    String config =
        SmallConfig.write(folder, SmallConfig.TEXT.replace("name: small", "name: a/b c"));
    call("prepare", config);
    id(call("train", config, "--json"));
    Path file;
    try (var files = Files.list(folder.resolve("runs"))) {
      file = files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    assertTrue(
        file.getFileName().toString().matches("reported-a_b_c-[0-9a-f]{8}.json"), file::toString);
    Files.writeString(file, Files.readString(file).substring(0, 30));
    assertTrue(refused("export", config).contains(file.toString()));
    assertTrue(call("runs", "list", config).out().contains(file.toString()));
    id(call("train", config, "--json"));
    predict(config);
  }
}
