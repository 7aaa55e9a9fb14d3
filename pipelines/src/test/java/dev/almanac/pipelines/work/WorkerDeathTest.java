package dev.almanac.pipelines.work;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.pipelines.cli.SmallConfig;
import dev.almanac.pipelines.work.search.Search;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunStore;
import dev.almanac.training.search.trial.Trial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workers that stay, and what it costs when one is killed. */
@Timeout(300)
class WorkerDeathTest {
  private static final String TEXT =
      SmallConfig.SEARCH
          .replace("trials: 4", "trials: 3")
          .replace("parallel: 2", "parallel: 1")
          .replace("epochs: 3", "epochs: 150, patience: 0, checkpoint: {seconds: 0, steps: 20}");

  @TempDir Path folder;
  private final List<String> heard = new ArrayList<>();
  private final Set<Long> seen = ConcurrentHashMap.newKeySet();

  /** Kills this many workers in turn, each once its run has come to its third epoch or beyond. */
  private Thread killer(Path in, int kills) {
    Thread killer =
        new Thread(
            () -> {
              int left = kills;
              while (!Thread.currentThread().isInterrupted()) {
                try {
                  Thread.sleep(20);
                  for (ProcessHandle child :
                      ProcessHandle.current().children().filter(WorkerDeathTest::works).toList()) {
                    seen.add(child.pid());
                    if (left > 0 && isUnderWay(in) && child.destroyForcibly()) {
                      left--;
                      child.onExit().join();
                    }
                  }
                } catch (InterruptedException e) {
                  return;
                }
              }
            },
            "killer");
    killer.setDaemon(true);
    killer.start();
    return killer;
  }

  private static boolean works(ProcessHandle process) {
    return process.info().command().map(command -> command.endsWith("java")).orElse(false);
  }

  /** Looks at files alone: nobody is to take it for somebody who looks after lost runs. */
  private static boolean isUnderWay(Path in) {
    try (Stream<Path> files = Files.walk(in.resolve("runs"))) {
      for (Path epochs : files.filter(file -> file.endsWith(Run.EPOCHS)).toList()) {
        if (Files.readAllLines(epochs).size() >= 3
            && Files.exists(epochs.resolveSibling(Run.CHECKPOINT))) {
          return true;
        }
      }
    } catch (IOException | UncheckedIOException beingWritten) {
      // Looked at again.
    }
    return false;
  }

  private Search.Found search(Path in, int kills) throws Exception {
    ConfigFile file = new ConfigFile(SmallConfig.writeBeside(in, TEXT), List.of());
    Thread killer = killer(in, kills);
    try {
      Watch watch =
          Watch.of(
              new Lines(
                  line -> {
                    synchronized (heard) {
                      heard.add(line);
                    }
                  }));
      Engine engine = new Engine(Engine.DIRECT, List.of());
      return new Search(file, null, Set.of(), engine, new Worker()).run(watch);
    } finally {
      killer.interrupt();
      killer.join();
    }
  }

  @Test
  void aDeathCostsItsAttemptAloneAndTheTrialGoesOnFromItsCheckpoint() throws Exception {
    Search.Found whole = search(folder.resolve("whole"), 0);
    assertEquals(1, seen.size(), "one process for all trials");
    assertTrue(
        heard.stream().anyMatch(line -> line.startsWith("Training in 1 worker with up to")),
        heard::toString);
    heard.clear();
    Search.Found killed = search(folder.resolve("killed"), 1);
    assertTrue(
        heard.stream()
            .anyMatch(l -> l.contains("tried again: its process ended with exit status 137")),
        heard::toString);
    assertEquals(3, killed.trials().size());
    for (Trial trial : killed.trials()) {
      assertEquals(whole.trials().get(trial.number()).value(), trial.value());
      Run run = new RunStore(folder + "/killed/runs").open(trial.runId());
      Run other =
          new RunStore(folder + "/whole/runs").open(whole.trials().get(trial.number()).runId());
      assertArrayEquals(other.model().weights(), run.model().weights());
      String log = Files.readString(Path.of(run.path(Run.LOG)));
      assertEquals(trial.number() == 0, log.contains("trying again: attempt 1: its process"), log);
      assertEquals(trial.number() == 0, log.contains("going on in epoch"), log);
    }
  }

  @Test
  void aSecondDeathOfATrialIsItsFailureWithTheReason() throws Exception {
    Search.Found found = search(folder.resolve("twice"), 2);
    Trial first = found.trials().get(0);
    assertEquals(Trial.State.FAILED, first.state());
    assertTrue(
        first.reason().startsWith("Cannot finish trial 0: its process ended with exit status 137")
            && first.reason().endsWith("(tried 2 times)"),
        first.reason());
    assertEquals(Trial.State.FINISHED, found.trials().get(1).state());
  }
}
