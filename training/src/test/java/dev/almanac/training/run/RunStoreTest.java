package dev.almanac.training.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.training.Problem;
import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.machine.Cpu;
import dev.almanac.training.machine.Hardware;
import dev.almanac.training.machine.Jvm;
import dev.almanac.training.machine.NativeLibraries;
import dev.almanac.training.machine.Platform;
import dev.almanac.training.objective.Task;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.json.SealedJson;
import dev.almanac.transforms.manifest.FileHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStoreTest {
  private static final TrainConfig CONFIG =
      Problem.config(Task.REGRESSION, "{\"hidden\": [4]}", "adam", 0.1, 3);

  @TempDir Path folder;

  static RunRecord record(String id) {
    return new RunRecord(
        RunRecord.FORMAT_VERSION,
        id,
        new RunState(
            RunStatus.FINISHED, null, null, null, "2026-01-01T00:00:00Z", "2026-01-01T00:01:00Z"),
        null,
        new RunRecipe(
            new RunRecipe.DatasetReference("out/x", "x", "h", "t"),
            Json.mapper().createObjectNode().put("name", "x"),
            CONFIG,
            Problem.columns(2, List.of(Problem.category("id", 5)), Problem.number(1, 2)),
            46169,
            RunCode.UNKNOWN,
            null),
        new RunMachine(
            "cpu",
            2,
            new RunMachine.Versions("1", "17", "0.25.0", "2.0.1", "Linux"),
            new Jvm("OpenJDK", "Debian", "17", List.of("-Xmx1g"), 1L << 30),
            new NativeLibraries(Map.of("libtorch.so", 1L), Map.of("OMP_NUM_THREADS", "1")),
            new Hardware(new Cpu("a", 2, 4, List.of("avx2")), 1.5, 1L << 33, 1L << 32, List.of()),
            new Platform("Linux", "host", null, "en", "UTC", "UTF-8"),
            Map.of("JOB", "1")),
        new RunOutcome(
            new RunOutcome.Result(3, 2, false, 0.1, 0.2, new Speed(1.5, 1e5), 0.01, null),
            Map.of("validation", Map.of("mae", 1.0 / 3)),
            Map.of(
                "test",
                Map.of("linear", new RunOutcome.Baseline("least squares", Map.of("mae", 2.0))))),
        Map.of("log.txt", new FileHash(0, "none")));
  }

  private RunStore store(String... ids) throws IOException {
    RunStore store = new RunStore(folder.toString());
    for (String id : ids) {
      store.create(record(id));
    }
    return store;
  }

  @Test
  void aRecordReadsAsItWasWritten() throws IOException {
    Run run = store("a").open("a");
    assertEquals(record("a"), run.record());
  }

  @Test
  void keysAreKebabCaseAndAbsentOnesAreLeftOut() throws IOException {
    String text = Files.readString(Path.of(store("a").open("a").path(RunRecord.FILE)));
    assertTrue(text.startsWith("{\n  \"format-version\" : 5,\n  \"run-id\" : \"a\""), text);
    assertTrue(text.contains("\"rows-per-second\""), text);
    assertTrue(!text.contains("null"), text);
  }

  @Test
  void runsAreListedFromTheOldest() throws IOException {
    List<Run> runs = store("20260102T000000Z-0", "20260101T000000Z-f").list();
    assertEquals(
        List.of("20260101T000000Z-f", "20260102T000000Z-0"),
        runs.stream().map(run -> run.record().runId()).toList());
  }

  @Test
  void theBeginningOfAnIdIsEnoughWhenItIsTheOnlyOne() throws IOException {
    RunStore store = store("ab", "abc", "b");
    assertEquals("b", store.open("b").record().runId());
    assertEquals("abc", store.open("abc").record().runId());
    assertEquals("ab", store.open("ab").record().runId(), "a whole id is itself");
    var error = assertThrows(IOException.class, () -> store.open("a"));
    assertTrue(error.getMessage().contains("2 runs begin so, such as ab"), error.getMessage());
  }

  @Test
  void aRunThatIsNotThereIsAnError() throws IOException {
    RunStore store = store();
    var error = assertThrows(IOException.class, () -> store.open("a"));
    assertEquals("Cannot open run 'a' of %s: there is none".formatted(folder), error.getMessage());
    var bare = assertThrows(IOException.class, () -> Run.open(folder.toString()));
    assertTrue(bare.getMessage().contains("it has no run.json"), bare.getMessage());
  }

  @Test
  void idsOfTheSameSecondDiffer() {
    Set<String> ids = new HashSet<>();
    Instant now = Instant.parse("2026-07-28T10:15:30.5Z");
    for (int i = 0; i < 100; i++) {
      ids.add(RunStore.newId(now));
    }
    assertEquals(100, ids.size());
    assertTrue(ids.iterator().next().startsWith("20260728T101530Z-"));
  }

  @Test
  void aRecordOfAnotherVersionIsRefused() throws IOException {
    Run run = store("a").open("a");
    Path file = Path.of(run.path(RunRecord.FILE));
    byte[] written = Files.readAllBytes(file);
    Files.writeString(
        file, SealedJson.text(SealedJson.of(written).content().put("format-version", 4)));
    var error = assertThrows(IOException.class, () -> Run.open(run.folder()));
    assertTrue(error.getMessage().contains("reads format-version 5 (4 found)"));
  }
}
