package dev.almanac.pipelines.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.almanac.pipelines.work.ConfigFile;
import dev.almanac.pipelines.work.Engine;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.search.Search;
import dev.almanac.pipelines.work.worker.WorkerMessage;
import dev.almanac.pipelines.work.worker.WorkerProgram;
import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunSeries;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.Until;
import dev.almanac.training.search.space.SearchException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One process trains many trials, each as if it were the only one. */
@Timeout(300)
class WorkerTest {
  @TempDir Path folder;
  private String config;
  private String dataset;

  @BeforeEach
  void prepare() throws IOException {
    config = SmallConfig.write(folder, SmallConfig.TEXT);
    dataset = Call.of("prepare", config, "--json").dataset().folder();
  }

  private WorkerMessage.Request request(String id, int until, String... settings) {
    return new WorkerMessage.Request(
        List.of(settings),
        dataset,
        id,
        new RunSeries.Origin("s", 0, Map.of()),
        Until.epoch(until),
        null);
  }

  private Run run(String id) throws IOException {
    return Run.open(folder.resolve("runs").resolve(id).toString());
  }

  /** A worker as a search starts it. */
  private final class Process implements AutoCloseable {
    private final java.lang.Process process;
    private final BufferedReader answers;
    private long answered;

    Process(String... flags) throws IOException {
      List<String> command =
          new TrainWorker()
              .program(new ConfigFile(config, List.of()), Engine.none(List.of()))
              .here(List.of(flags));
      process =
          new ProcessBuilder(command).redirectError(folder.resolve("errors").toFile()).start();
      answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    WorkerMessage.Answer ask(WorkerMessage.Request request) throws IOException {
      process.getOutputStream().write((request.line() + "\n").getBytes(UTF_8));
      process.getOutputStream().flush();
      String line = answers.readLine();
      assertTrue(line != null, () -> errors());
      return WorkerMessage.Answer.of(line, ++answered);
    }

    String errors() {
      try {
        return Files.readString(folder.resolve("errors"));
      } catch (IOException e) {
        return e.toString();
      }
    }

    /** Megabytes that the system says it has. */
    long megabytes() throws IOException {
      for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
        }
      }
      throw new IOException("no VmRSS");
    }

    int end() throws Exception {
      process.getOutputStream().close();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      return process.exitValue();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  private static final String[] DROPOUT = {
    "train.model={hidden: [8, 8], dropout: 0.3}", "train.optimizer.average-decay=0.9"
  };

  @Test
  void aTrialAfterOthersIsTheTrialAlone() throws Exception {
    try (Process alone = new Process()) {
      assertEquals(WorkerMessage.Ended.TRAINED, alone.ask(request("alone", 3, DROPOUT)).ended());
      assertEquals(0, alone.end(), alone.errors());
    }
    // Other models, threads, seeds, a failure, and itself paused with another trial between.
    List<WorkerMessage.Answer> answers =
        WorkerTalk.answers(
            config,
            List.of(
                request("other", 3, "train.model={family: resnet}", "train.threads=2"),
                request("cut", 1, DROPOUT),
                request("broken", 3, "train.optimizer.learning-rate=1.0e30"),
                request("bad", 3, "train.batch-size=-1"),
                request("more", 2, "train.seed=7", "train.model={hidden: [8], dropout: 0.5}"),
                request("cut", 3, DROPOUT),
                request("whole", 3, DROPOUT)));
    assertEquals(
        List.of("trained", "trained", "failed", "failed", "trained", "trained", "trained"),
        answers.stream().map(answer -> answer.ended().text()).toList());
    assertTrue(
        answers.get(2).error().startsWith("Cannot go on training in epoch"), answers::toString);
    assertTrue(answers.get(3).error().contains("train.batch-size: must be"), answers::toString);
    assertEquals(RunStatus.PAUSED, run("more").record().status());
    for (String id : List.of("cut", "whole")) {
      assertArrayEquals(run("alone").model().weights(), run(id).model().weights(), id);
      assertEquals(losses(run("alone")), losses(run(id)));
      assertEquals(run("alone").record().metrics(), run(id).record().metrics());
    }
  }

  private static List<Double> losses(Run run) throws IOException {
    return run.epochs().stream().map(EpochRecord::trainLoss).toList();
  }

  @Test
  void thirtyTrainingsLeaveNothingBehind() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/status")));
    List<Long> megabytes = new ArrayList<>();
    // All of the heap is there from the start: what grows is native memory.
    try (Process worker = new Process("-Xms192m", "-Xmx192m", "-XX:+AlwaysPreTouch")) {
      for (int trial = 0; trial < 40; trial++) {
        String[] settings = {"train.seed=" + trial, "train.model={hidden: [64, 64], dropout: 0.1}"};
        WorkerMessage.Answer answer = worker.ask(request("run" + trial, 1 + trial % 3, settings));
        assertEquals(WorkerMessage.Ended.TRAINED, answer.ended(), answer::toString);
        megabytes.add(worker.megabytes());
      }
      assertEquals(0, worker.end(), worker.errors());
    }
    long grown = megabytes.get(39) - megabytes.get(9);
    assertTrue(grown <= 48, megabytes::toString);
  }

  @Test
  void aLineThatIsNoRequestEndsTheWorkerAndIsNamed() throws Exception {
    try (Process worker = new Process()) {
      worker.ask(request("one", 1));
      worker.process.getOutputStream().write("{\"run-id\": \"tw\n".getBytes(UTF_8));
      worker.process.getOutputStream().flush();
      assertTrue(worker.process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(1, worker.process.exitValue());
      assertTrue(
          worker.errors().contains("Cannot read line 2, which is to be a worker's request"),
          worker.errors());
    }
  }

  @Test
  void aWorkerThatCannotBeStartedCostsNoTrial() throws Exception {
    String searched = SmallConfig.write(folder, SmallConfig.SEARCH);
    // No system starts a program with so long an argument.
    WorkerProgram unstartable = new WorkerProgram(List.of(), "x".repeat(1 << 23), List.of());
    Search search =
        new Search(
            new ConfigFile(searched, List.of()),
            dataset,
            Set.of(),
            Engine.none(List.of()),
            (config, engine) -> unstartable);
    SearchException refused = assertThrows(SearchException.class, () -> search.run(Watch.nobody()));
    assertTrue(
        refused.getMessage().startsWith("Cannot go on with study small: Cannot start a worker:"),
        refused.getMessage());
    Call again = Call.of("search", searched, "--json");
    assertEquals(0, again.status(), again.err());
    String trials = Files.readString(folder.resolve("studies/small/trials.jsonl"));
    assertFalse(trials.contains("failed"), trials);
    assertEquals(4, again.json().get("trials").intValue());
  }

  @Test
  void aTrainingWritesItsCheckpointWhenNobodyListensAnyMore() throws Exception {
    try (Process worker = new Process()) {
      worker.ask(request("one", 1));
      String line = request("long", 1_000_000, "train.epochs=1000000", "train.patience=0").line();
      worker.process.getOutputStream().write((line + "\n").getBytes(UTF_8));
      worker.process.getOutputStream().flush();
      Path epochs = folder.resolve("runs/long").resolve(Run.EPOCHS);
      while (!Files.exists(epochs)) {
        Thread.sleep(20);
      }
      worker.end();
      assertEquals(RunStatus.STOPPED, run("long").record().status());
    }
  }
}
