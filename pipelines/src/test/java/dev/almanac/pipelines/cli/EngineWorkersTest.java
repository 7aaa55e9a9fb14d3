package dev.almanac.pipelines.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.pipelines.work.ConfigFile;
import dev.almanac.pipelines.work.Engine;
import dev.almanac.pipelines.work.Progress;
import dev.almanac.pipelines.work.cluster.EngineWorkers;
import dev.almanac.pipelines.work.worker.SegmentWorkers;
import dev.almanac.pipelines.work.worker.TrialDevices;
import dev.almanac.pipelines.work.worker.WorkerMessage;
import dev.almanac.pipelines.work.worker.WorkerPool;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunSeries;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.Until;
import dev.almanac.training.search.space.SearchException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Segments as the elements of pipelines, trained by real processes. */
@Timeout(300)
class EngineWorkersTest {
  @TempDir Path folder;
  private String config;
  private String dataset;

  @BeforeEach
  void prepare() throws IOException {
    config = SmallConfig.write(folder, SmallConfig.TEXT);
    dataset = Call.of("prepare", config, "--json").dataset().folder();
  }

  private EngineWorkers engine(Progress progress) throws IOException {
    String place = EngineWorkers.Setting.place(folder.resolve("studies/s").toString());
    String copy = EngineWorkers.Setting.config(place);
    ConfigFile file = new ConfigFile(config, List.of());
    Storage.writeText(copy, file.text());
    // Where the search reads it, nobody else does.
    ConfigFile there = new ConfigFile(elsewhere(), List.of()).copiedTo(copy);
    Engine engine = new Engine(Engine.DIRECT, List.of());
    return new EngineWorkers(
        engine,
        new EngineWorkers.Setting(
            new TrainWorker().program(there, engine), place, folder.resolve("runs").toString()),
        new ReentrantLock(),
        progress);
  }

  /** A path beside the config at which nothing lies. */
  private String elsewhere() {
    return folder.resolve("gone.yaml").toString();
  }

  private WorkerMessage.Request request(String run, int until, String... settings) {
    return new WorkerMessage.Request(
        List.of(settings),
        dataset,
        run,
        new RunSeries.Origin("s", 0, Map.of()),
        Until.epoch(until),
        null);
  }

  private Run run(String id) throws IOException {
    return Run.open(folder.resolve("runs").resolve(id).toString());
  }

  private static List<WorkerMessage.Answer> train(
      SegmentWorkers workers, WorkerMessage.Request... requests) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(requests.length);
    try {
      List<Future<WorkerMessage.Answer>> asked = new ArrayList<>();
      for (WorkerMessage.Request request : requests) {
        asked.add(threads.submit(() -> workers.train(request)));
      }
      List<WorkerMessage.Answer> answers = new ArrayList<>();
      for (Future<WorkerMessage.Answer> answer : asked) {
        answers.add(answer.get());
      }
      return answers;
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void segmentsHaveTheWeightsOfThoseThatAreTrainedHere() throws Exception {
    List<String> lines = new ArrayList<>();
    Progress heard =
        new Progress() {
          @Override
          public void line(String text) {
            lines.add(text);
          }

          @Override
          public void step(String what, long done, long total, String unit, String note) {}
        };
    try (EngineWorkers workers = engine(heard)) {
      List<WorkerMessage.Answer> first =
          train(
              workers,
              request("a", 1),
              request("b", 3, "train.model.hidden=[4]"),
              request("c", 3, "train.batch-size=100000000"));
      assertEquals(WorkerMessage.Ended.TRAINED, first.get(0).ended(), first::toString);
      assertEquals(WorkerMessage.Ended.TRAINED, first.get(1).ended(), first::toString);
      assertEquals(WorkerMessage.Ended.FAILED, first.get(2).ended(), first::toString);
      assertEquals(RunStatus.PAUSED, run("a").record().status());
      WorkerMessage.Answer rest = workers.train(request("a", 3));
      assertEquals(WorkerMessage.Ended.TRAINED, rest.ended(), rest::toString);
    }
    assertEquals(
        List.of("Generation 1: 3 trials on direct", "Generation 2: 1 trial on direct"), lines);
    assertEquals(List.of(), Storage.pathsBelow(folder.resolve("studies/s").toString()));

    ConfigFile file = new ConfigFile(config, List.of());
    List<String> command = new TrainWorker().program(file, Engine.none(List.of())).here(List.of());
    try (WorkerPool here =
        new WorkerPool(command, TrialDevices.of(Map.of(), folder.resolve("none")))) {
      here.train(request("a-here", 3));
      here.train(request("b-here", 3, "train.model.hidden=[4]"));
    }
    for (String id : List.of("a", "b")) {
      assertArrayEquals(run(id + "-here").model().weights(), run(id).model().weights(), id);
      assertEquals(run(id + "-here").record().train(), run(id).record().train());
      assertEquals(run(id + "-here").epochs().size(), run(id).epochs().size());
    }
    assertFalse(Files.exists(Path.of(elsewhere())));
  }

  @Test
  void whatWasTrainedByAnotherAttemptIsNotTrainedAgain() throws Exception {
    try (EngineWorkers workers = engine(Progress.NONE)) {
      workers.train(request("a", 2));
      byte[] record = Files.readAllBytes(Path.of(run("a").path("run.json")));
      byte[] log = Files.readAllBytes(Path.of(run("a").path(Run.LOG)));
      assertEquals(WorkerMessage.Ended.TRAINED, workers.train(request("a", 2)).ended());
      assertArrayEquals(record, Files.readAllBytes(Path.of(run("a").path("run.json"))));
      assertArrayEquals(log, Files.readAllBytes(Path.of(run("a").path(Run.LOG))));
    }
  }

  @Test
  void aDatasetThatIsOutOfReachEndsAllWithWhatToChange() throws Exception {
    try (EngineWorkers workers = engine(Progress.NONE)) {
      WorkerMessage.Request lost =
          new WorkerMessage.Request(
              List.of(),
              folder + "/nowhere",
              "a",
              new RunSeries.Origin("s", 0, Map.of()),
              Until.epoch(1),
              null);
      SearchException thrown = assertThrows(SearchException.class, () -> workers.train(lost));
      assertTrue(
          thrown
              .getMessage()
              .startsWith("Cannot train on direct: there is no " + folder + "/nowhere from "),
          thrown::getMessage);
      assertEquals(thrown.getMessage(), workers.refused().orElseThrow().getMessage());
    }
  }

  @Test
  void aPlaceThatIsOutOfReachEndsAllWithWhatToChange() throws Exception {
    try (EngineWorkers workers = engine(Progress.NONE)) {
      Storage.deleteFolder(folder.resolve("studies").toString());
      assertThrows(SearchException.class, () -> workers.train(request("a", 1)));
      assertTrue(
          workers
              .refused()
              .orElseThrow()
              .getMessage()
              .contains("its machines do not see " + folder),
          () -> workers.refused().toString());
    }
  }
}
