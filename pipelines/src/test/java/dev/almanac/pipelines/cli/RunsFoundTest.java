package dev.almanac.pipelines.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.work.Progress;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.runs.LabelRuns;
import dev.almanac.pipelines.work.runs.ListRuns;
import dev.almanac.pipelines.work.runs.RunFolder;
import dev.almanac.pipelines.work.runs.Selection;
import dev.almanac.training.lease.Lease;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunStore;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are listed, labeled, compared, exported, deleted and restored by the hundred. */
@Timeout(300)
class RunsFoundTest {
  private static final int RUNS = 70;

  @TempDir static Path trained;
  private static Run like;

  @TempDir Path folder;
  private Path runs;

  @BeforeAll
  static void train() throws IOException {
    String config = SmallConfig.write(trained, SmallConfig.TEXT);
    assertEquals(0, Call.of("prepare", config).status());
    Call.of("train", config, "--json").result();
    like = new RunStore(trained + "/runs").list().get(0);
  }

  @BeforeEach
  void write() throws IOException {
    runs = Files.createDirectories(folder.resolve("runs"));
    new ManyRuns(like).write(runs, 0, RUNS, 4);
  }

  private Call call(String... words) {
    List<String> line = new ArrayList<>(List.of("runs"));
    line.addAll(List.of(words));
    line.addAll(List.of("--runs", runs.toString()));
    return Call.of(line.toArray(String[]::new));
  }

  private JsonNode json(String... words) throws IOException {
    List<String> line = new ArrayList<>(List.of(words));
    line.add("--json");
    return call(line.toArray(String[]::new)).result();
  }

  private ListRuns.Listed listed(Path cache, String where, List<String> notes) throws Exception {
    Progress heard =
        new Progress() {
          @Override
          public void line(String text) {
            notes.add(text);
          }

          @Override
          public void step(String what, long done, long total, String unit, String note) {}
        };
    return new ListRuns(
            new RunFolder(runs.toString(), cache),
            Selection.where(where),
            "metrics.validation.mae,-created",
            List.of("params.train.optimizer.learning-rate", "metrics.validation.mae.last"),
            3,
            20)
        .run(Watch.of(heard));
  }

  /** The same with the index as without, whatever happens to it and to the runs. */
  @Test
  void theIndexChangesNothingButTime() throws Exception {
    Path cache = folder.resolve("cache");
    Path damaged = runs.resolve(ManyRuns.id(5)).resolve("run.json");
    Files.writeString(damaged, Files.readString(damaged).substring(40));
    Random random = new Random(3);
    for (int turn = 0; turn < 6; turn++) {
      switch (turn) {
        case 1 -> json("tag", ManyRuns.id(7), "quality=good");
        case 2 -> new ManyRuns(like).write(runs, RUNS, RUNS + 3, 2);
        case 3 -> Storage.deleteFolder(runs.resolve(ManyRuns.id(9)).toString());
        case 4 -> {
          Path index = index(cache);
          byte[] bytes = Files.readAllBytes(index);
          for (int i = 0; i < 4000; i++) {
            bytes[random.nextInt(bytes.length)] ^= 0x55;
          }
          Files.write(index, bytes);
        }
        case 5 -> Files.writeString(index(cache), "no database");
        default -> {}
      }
      for (String where :
          List.of(
              "",
              "metrics.validation.mae < 3 and created >= 2026-11-03",
              "params.train.optimizer.learning-rate in (0.001, 0.003)",
              "metrics.validation.mae.last > 8 or tags.quality = good",
              "metrics.nothing.x != 1")) {
        List<String> notes = new ArrayList<>();
        assertEquals(listed(null, where, notes), listed(cache, where, notes), where);
        assertEquals(List.of(), notes, "an index that was damaged is made anew");
      }
    }
    assertEquals(
        List.of(ManyRuns.id(5)),
        List.copyOf(listed(cache, "", new ArrayList<>()).unreadable().keySet()));
    // Where none can be kept it is said, and all is found.
    Path file = Files.writeString(folder.resolve("file"), "");
    List<String> notes = new ArrayList<>();
    assertEquals(listed(null, "", notes), listed(file, "", notes));
    assertEquals(1, notes.size());
    assertTrue(notes.get(0).contains("cannot be kept in " + file), notes::toString);
  }

  private static Path index(Path cache) throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.filter(file -> file.toString().endsWith(".sqlite")).findFirst().orElseThrow();
    }
  }

  @Test
  void aPersonFindsListsAndComparesThem() throws IOException {
    call("move", ManyRuns.id(1), ManyRuns.id(2), "baselines/a long name of a group");
    call("note", ManyRuns.id(1), "kept", "for the paper");
    for (Call list :
        List.of(
            call("list"),
            call(
                "list",
                "--where",
                "metrics.validation.mae < 3",
                "--sort",
                "-metrics.validation.mae"),
            call("list", "baselines/"))) {
      assertEquals(0, list.status(), list.err());
      list.out().lines().forEach(line -> assertTrue(line.length() <= 80, line));
      assertTrue(
          list.out().contains(ManyRuns.id(1)) || list.out().contains("50 of 70"), list.out());
    }
    assertEquals(RUNS, json("list").get("runs").size());
    assertEquals(2, json("list", "baselines/").get("matched").intValue());
    assertEquals(0, json("list", "base/").get("matched").intValue());
    assertEquals(1, json("list", "--where", "note contains PAPER").get("matched").intValue());
    Call wrong = call("list", "--where", "stat = failed");
    assertEquals(2, wrong.status());
    assertTrue(wrong.err().contains("(column 1)") && wrong.err().contains("^"), wrong.err());
    assertEquals(2, call("list", "--sort", "creatd").status());
    assertEquals(2, call("list", "--columns", "creatd").status());
    assertEquals(2, call("list", "something").status());

    Path page = folder.resolve("page.html");
    JsonNode compared = json("compare", ManyRuns.id(1), ManyRuns.id(2), "--html", page.toString());
    assertEquals("mae", compared.get("curve-of").textValue());
    assertEquals(2, compared.get("curves").size());
    assertEquals(
        "params.train.optimizer.learning-rate", compared.at("/differences/0/key").textValue());
    String html = Files.readString(page);
    assertTrue(html.contains("overlay") && !html.contains("src=\"http"));
    Call text = call("compare", ManyRuns.id(1), ManyRuns.id(2));
    text.out().lines().forEach(line -> assertTrue(line.length() <= 80, line));
    assertEquals(2, call("compare", ManyRuns.id(1)).status());

    Path csv = folder.resolve("runs.csv");
    assertEquals(
        RUNS * 4, json("export", "--epochs", "-o", csv.toString()).get("lines").intValue());
    assertEquals(RUNS * 4 + 1, Files.readAllLines(csv).size());
    Path lines = folder.resolve("runs.jsonl");
    call("export", "-o", lines.toString());
    assertEquals(RUNS, Files.readAllLines(lines).size());
  }

  @Test
  void whatIsInUseIsNotDeletedAndNothingIsLost() throws Exception {
    Files.writeString(
        runs.resolve("pinned-small.json"),
        "{\"format-version\":1,\"config\":\"small\",\"run\":\"%s\",\"why\":\"x\",\"since\":\"2026-11-01T00:00:00Z\"}"
            .formatted(ManyRuns.id(3)));
    Call refused = call("delete", "--where", "metrics.validation.mae < 2", "--yes");
    assertEquals(1, refused.status());
    assertTrue(refused.err().contains(ManyRuns.id(3) + " is pinned for 'small'"), refused.err());
    try (Lease held = Lease.take(runs.resolve(ManyRuns.id(4)).toString(), "train")) {
      assertEquals(List.of(), held.before());
      Call training = call("delete", ManyRuns.id(4));
      assertTrue(training.err().contains("is under way"), training.err());
    }
    assertEquals(2, call("delete", "--where", "seed > 0").status(), "nobody is there to be asked");
    assertEquals(RUNS, json("list").get("matched").intValue());
    String before = content();
    assertEquals(
        20,
        json("delete", "--where", "metrics.validation.mae < 3", "--yes", "--force")
            .get("count")
            .intValue());
    assertEquals(RUNS - 20, json("list").get("matched").intValue());
    assertEquals(20, json("list", "--deleted").get("matched").intValue());
    assertEquals(0, json("purge", "--older-than", "1h", "--yes").get("count").intValue());
    assertEquals(1, json("restore", ManyRuns.id(3)).get("count").intValue());
    assertEquals(2, call("restore", ManyRuns.id(3)).status(), "it is back");
    json("restore", "--where", "seed >= 0 or seed is null");
    assertEquals(before, content());
    json("delete", ManyRuns.id(6));
    assertEquals(1, json("purge", "--yes").get("count").intValue());
    assertEquals(RUNS - 1, json("list").get("matched").intValue());
    assertEquals(0, json("list", "--deleted").get("matched").intValue());
  }

  /** Every file of every run, and its size. */
  private String content() throws IOException {
    StringBuilder text = new StringBuilder();
    for (var file : Storage.below(runs.toString())) {
      text.append(file.path()).append(' ').append(file.bytes()).append('\n');
    }
    return text.toString();
  }

  @Test
  void aKillInTheMiddleLeavesNothingHalf() throws Exception {
    String before = content();
    Random random = new Random(8);
    for (int kill = 0; kill < 4; kill++) {
      String what = kill % 2 == 0 ? "delete" : "restore";
      SmallProcess process =
          SmallProcess.start(
              folder, "runs", what, "--where", "seed >= 0", "--yes", "--runs", runs.toString());
      boolean ended = process.endsWithin(900 + random.nextInt(700));
      if (!ended) {
        process.end(true);
      }
    }
    Call.of("runs", "restore", "--runs", runs.toString(), "--where", "seed >= 0");
    assertEquals(RUNS, json("list").get("matched").intValue());
    assertEquals(before, content());
  }

  /** Where files move one by one, as on object stores, at each place between two. */
  @Test
  void whatWasBegunIsEnded() throws IOException {
    String run = runs.resolve(ManyRuns.id(1)).toString();
    String away = runs.resolve(".deleted").resolve(ManyRuns.id(1)).toString();
    String deletion = runs.resolve(".deleted/deleted-" + ManyRuns.id(1) + ".json").toString();
    for (String state : List.of("deleting", "restoring", "purging")) {
      Storage.writeText(
          deletion,
          "{\"format-version\":1,\"run\":\"%s\",\"state\":\"%s\",\"since\":\"2026-11-01T00:00:00Z\"}"
              .formatted(ManyRuns.id(1), state));
      if (state.equals("deleting")) {
        Storage.rename(List.of(run + "/run.json"), List.of(away + "/run.json"));
      } else if (state.equals("restoring")) {
        Storage.rename(List.of(away + "/metrics.jsonl"), List.of(run + "/metrics.jsonl"));
      } else {
        Storage.rename(List.of(run), List.of(away));
        Storage.delete(List.of(away + "/run.json"));
      }
      call("tag", ManyRuns.id(2), "a=b");
      assertEquals(state.equals("deleting"), Files.exists(Path.of(deletion)), state);
      assertEquals(state.equals("restoring") ? 2 : 0, Storage.below(run).size(), state);
      assertEquals(state.equals("deleting") ? 2 : 0, Storage.below(away).size(), state);
    }
    assertEquals(RUNS - 1, json("list").get("matched").intValue());
  }

  @Test
  void twoWhoWriteAtOnceBothHaveWritten() throws Exception {
    SmallProcess other =
        SmallProcess.start(
            folder, "runs", "tag", "--where", "seed >= 0", "other=1", "--runs", runs.toString());
    RunFolder here = new RunFolder(runs.toString(), null);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      names.add(ManyRuns.id(i));
    }
    for (int turn = 0; turn < 200 && other.isAlive(); turn++) {
      new LabelRuns(here, names, new LabelRuns.Tags(Map.of("turn", "" + turn), List.of()))
          .run(Watch.nobody());
      assertEquals(RUNS, json("list").get("runs").size());
    }
    assertTrue(other.endsWithin(60_000));
    assertEquals(
        RUNS,
        json("list", "--where", "tags.other = 1 and tags.turn >= 0").get("matched").intValue());
    assertFalse(Files.exists(runs.resolve(ManyRuns.id(0)).resolve(".tags.json.writing")));
  }
}
