package dev.almanac.pipelines.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.pipelines.cli.SmallConfig;
import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.work.predict.Predict;
import dev.almanac.pipelines.work.prepare.Prepare;
import dev.almanac.pipelines.work.prepare.VerifyDataset;
import dev.almanac.pipelines.work.search.Search;
import dev.almanac.pipelines.work.train.ResumeTraining;
import dev.almanac.pipelines.work.train.Train;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunContext.DatasetCheck;
import dev.almanac.training.run.RunGroup;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.RunStore;
import dev.almanac.transforms.manifest.Dataset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Work that is cancelled while it is under way, in a process that goes on. */
@Timeout(300)
class CancellationTest {
  private static final Engine ENGINE = new Engine(Engine.DIRECT, List.of());

  @TempDir Path folder;

  private AlmanacConfig config(String text) throws Exception {
    return new ConfigFile(SmallConfig.write(folder, text), List.of()).read(Train.NEEDS);
  }

  private List<String> left(Path in) throws Exception {
    if (!Files.exists(in)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(in)) {
      return files.filter(Files::isRegularFile).map(Path::toString).toList();
    }
  }

  /** Cancels, from a thread of its own, some time after something is heard. */
  private static Watch cancelling(String when, int afterMillis) {
    Cancellation cancellation = new Cancellation();
    Runnable cancelling =
        () -> {
          try {
            Thread.sleep(afterMillis);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          cancellation.cancel();
        };
    Lines lines =
        new Lines(
            heard -> {
              if (heard.startsWith(when)) {
                new Thread(cancelling, "canceller").start();
              }
            });
    return new Watch(lines, cancellation);
  }

  /**
   * Cancels later and later until the work is done before: each time nothing is left, or all is.
   *
   * @return what came of the one that was done
   */
  private <R> R cancelledLaterAndLater(String heard, Work<R> work, Path output) throws Exception {
    for (int cancelled = 0; ; cancelled++) {
      try {
        R done = work.run(cancelling(heard, cancelled * 150));
        assertTrue(cancelled > 0, "it was done before anybody could cancel it");
        return done;
      } catch (CancelledException e) {
        assertEquals(List.of(), left(output), "cancelled " + cancelled);
        Thread.sleep(100);
        assertEquals(List.of(), left(output), "nobody writes any more");
      }
    }
  }

  @Test
  void aPrepareThatIsCancelledLeavesNothingOrAll() throws Exception {
    AlmanacConfig config = config(SmallConfig.TEXT);
    for (int i = 0; i < 60; i++) {
      SmallConfig.source(folder.resolve("source/more%02d.csv".formatted(i)));
    }
    Path output = folder.resolve("out");
    Prepare prepare = new Prepare(config, null, ENGINE);
    assertThrows(CancelledException.class, () -> prepare.run(cancelling("inferring", 0)));
    assertEquals(List.of(), left(output));
    Dataset dataset = cancelledLaterAndLater("preparing", prepare, output);
    assertEquals(61 * 3000, dataset.manifest().totals().read());
    assertEquals(List.of(), new VerifyDataset(dataset.folder()).run(Watch.nobody()).differences());
    assertEquals(
        List.of(dataset.folder() + "/dataset.json"),
        left(output).stream().filter(file -> file.endsWith("/dataset.json")).toList());
  }

  @Test
  void aPredictThatIsCancelledLeavesNothingOrAll() throws Exception {
    AlmanacConfig config = config(SmallConfig.TEXT);
    new Prepare(config, null, ENGINE).run(Watch.nobody());
    new Train(config, null, DatasetCheck.HASHES).run(Watch.nobody());
    List<String> input = List.of(folder + "/source/*.csv");
    Path output = folder.resolve("predictions");
    Predict predict = new Predict(config, null, input, output.toString(), ENGINE);
    Predict.Predicted predicted = cancelledLaterAndLater("predicting", predict, output);
    assertEquals(3000, predicted.rows());
    assertTrue(Files.exists(Path.of(predicted.output(), "predictions.json")));
  }

  @Test
  void aCancelledTrainingIsStoppedAndGoesOnToTheSameWeights() throws Exception {
    AlmanacConfig config = config(SmallConfig.TEXT.replace("epochs: 3", "epochs: 40, patience: 0"));
    new Prepare(config, null, ENGINE).run(Watch.nobody());
    Watch watch = cancelling("epoch 2 ", 0);
    assertThrows(
        CancelledException.class, () -> new Train(config, null, DatasetCheck.HASHES).run(watch));
    Run stopped = new RunStore(config.runs()).list().get(0);
    assertEquals(RunStatus.STOPPED, stopped.record().status());
    assertTrue(stopped.epochs().size() < 40, "it did not train to its end");
    RunGroup resumed = new ResumeTraining(config, null, DatasetCheck.HASHES).run(Watch.nobody());
    assertEquals(stopped.record().runId(), resumed.best().record().runId());
    assertEquals(RunStatus.FINISHED, resumed.best().record().status());
    RunGroup whole = new Train(config, null, DatasetCheck.HASHES).run(Watch.nobody());
    assertEquals(whole.best().record().metrics(), resumed.best().record().metrics());
  }

  @Test
  void aTrainingThatWaitsForAnotherCanBeCancelledToo() throws Exception {
    AlmanacConfig config =
        config(SmallConfig.TEXT.replace("epochs: 3", "epochs: 100000, patience: 0"));
    new Prepare(config, null, ENGINE).run(Watch.nobody());
    Cancellation first = new Cancellation();
    AtomicInteger epochs = new AtomicInteger();
    Watch watch = new Watch(new Lines(heard -> epochs.incrementAndGet()), first);
    Thread training =
        new Thread(
            () ->
                assertThrows(
                    CancelledException.class,
                    () -> new Train(config, null, DatasetCheck.HASHES).run(watch)));
    training.start();
    while (epochs.get() < 5) {
      Thread.sleep(20);
    }
    Watch second = cancelling("run ", 0);
    assertThrows(
        CancelledException.class, () -> new Train(config, null, DatasetCheck.HASHES).run(second));
    assertTrue(training.isAlive(), "the other one goes on");
    first.cancel();
    training.join();
    assertEquals(
        List.of(RunStatus.STOPPED, RunStatus.STOPPED),
        new RunStore(config.runs()).list().stream().map(run -> run.record().status()).toList());
  }

  @Test
  void aCancelledSearchEndsItsProcessesAndGoesOnWithTheSameTrials() throws Exception {
    String text =
        SmallConfig.SEARCH
            .replace("trials: 4", "trials: 2")
            .replace("epochs: 3", "epochs: 300, patience: 0");
    ConfigFile file = new ConfigFile(SmallConfig.write(folder, text), List.of());
    AlmanacConfig config = file.read(Search.NEEDS);
    Watch watch = cancelling("trial 1: started", 0);
    assertThrows(
        CancelledException.class,
        () -> new Search(file, null, Set.of(), ENGINE, new Worker()).run(watch));
    assertEquals(0, ProcessHandle.current().descendants().filter(CancellationTest::trains).count());
    assertFalse(
        left(folder.resolve("studies")).stream().anyMatch(path -> path.endsWith(".lease")),
        "others may go on with the study");
    Search.Found found = new Search(file, null, Set.of(), ENGINE, new Worker()).run(Watch.nobody());
    assertEquals(2, found.trials().size());
    List<Run> runs = new RunStore(config.runs()).list();
    assertEquals(2, runs.size(), "a trial goes on as the run that it was");
    assertTrue(runs.stream().allMatch(run -> run.record().status() == RunStatus.FINISHED));
  }

  private static boolean trains(ProcessHandle process) {
    return process.info().command().map(command -> command.endsWith("java")).orElse(false);
  }
}
