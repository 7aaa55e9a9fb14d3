package dev.almanac.training.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.staging.DatasetIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One process at a time, and nobody waits for the dead. */
@Timeout(120)
class LeaseTest {
  @TempDir Path folder;

  /** Takes the lease, says so, and holds it until it is killed. */
  static final class Holding {
    public static void main(String[] arguments) throws Exception {
      Lease lease = Lease.take(arguments[0], "hold");
      System.out.println("taken " + lease.before().size());
      Thread.sleep(Duration.ofMinutes(5).toMillis());
    }
  }

  private Process hold() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Holding.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    byte[] said = new byte[6];
    assertEquals(6, process.getInputStream().readNBytes(said, 0, 6));
    return process;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void whatIsHeldIsRefusedByNameAndTakenOverOnceItsHolderIsKilled() throws Exception {
    Process holding = hold();
    var refused =
        assertThrows(LeaseException.class, () -> Lease.take(folder.toString(), "train run x"));
    assertEquals(
        "Cannot train run x: process %d on %s is at it; let it end, or end it, and try again"
            .formatted(holding.pid(), DatasetIdentity.hostName()),
        refused.getMessage());
    assertEquals(holding.pid(), Lease.holder(folder.toString()).orElseThrow().process());
    assertEquals(1, names().size(), "whoever is refused leaves nothing");

    // As by `kill -9`.
    holding.destroyForcibly().waitFor();
    assertTrue(Lease.holder(folder.toString()).isEmpty());
    try (Lease lease = Lease.take(folder.toString(), "train run x")) {
      assertEquals(holding.pid(), lease.before().get(0).process());
      lease.confirm();
      assertEquals(1, names().size());
    }
    assertEquals(List.of(), names());
  }

  @Test
  void aThreadOfTheSameProcessIsRefusedToo() throws IOException {
    try (Lease lease = Lease.take(folder.toString(), "train")) {
      lease.confirm();
      assertTrue(Lease.holder(folder.toString()).orElseThrow().isThisProcess());
      var again = assertThrows(LeaseException.class, () -> Lease.take(folder.toString(), "train"));
      assertEquals("Cannot train: this process is at it already", again.getMessage());
    }
    Lease.take(folder.toString(), "train").close();
    assertTrue(Lease.holder(folder.toString()).isEmpty());
  }

  @Test
  void anotherMachinesIsTakenOverAfterItsSilenceAlone() throws IOException {
    Path other = folder.resolve(".17-1000-0.elsewhere.example.lease");
    Files.writeString(other, "");
    Instant now = Instant.now();
    Files.setLastModifiedTime(other, FileTime.from(now.minus(Lease.SILENCE).plusSeconds(60)));
    var refused = assertThrows(LeaseException.class, () -> Lease.take(folder.toString(), "train"));
    assertTrue(
        refused
            .getMessage()
            .matches(
                "Cannot train: process 17 on elsewhere\\.example is at it, last heard of 9 min ago; if it has ended, try again 10 minutes after its last sign"),
        refused.getMessage());
    Files.setLastModifiedTime(other, FileTime.from(now.minus(Lease.SILENCE).minusSeconds(5)));
    try (Lease lease = Lease.take(folder.toString(), "train")) {
      assertEquals(17, lease.before().get(0).process());
      assertFalse(Files.exists(other));
    }
  }

  @Test
  void aProcessOfAnotherContainerOfTheSameNameIsNotTakenForDead() throws IOException {
    String host = DatasetIdentity.hostName();
    Files.writeString(folder.resolve(".1-1000-1.%s.lease".formatted(host)), "");
    var refused = assertThrows(LeaseException.class, () -> Lease.take(folder.toString(), "train"));
    assertTrue(refused.getMessage().contains("last heard of"), refused.getMessage());
  }

  @Test
  void oneThatWasTakenOverLearnsIt() throws IOException {
    try (Lease lease = Lease.take(folder.toString(), "train run x")) {
      Files.delete(folder.resolve(names().get(0)));
      var lost = assertThrows(LeaseException.class, lease::confirm);
      assertTrue(lost.getMessage().startsWith("Cannot train run x any longer"), lost.getMessage());
    }
  }

  @Test
  void ofManyThatComeAtOnceNeverTwoHaveIt() throws Exception {
    Process dead = hold();
    dead.destroyForcibly().waitFor();
    List<Process> processes = new ArrayList<>();
    ExecutorService waiting = Executors.newCachedThreadPool();
    try {
      List<Future<Boolean>> taken = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Callable<Boolean> one =
            () -> {
              Process process =
                  new ProcessBuilder(
                          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                          "-XX:TieredStopAtLevel=1",
                          "-cp",
                          System.getProperty("java.class.path"),
                          Holding.class.getName(),
                          folder.toString())
                      .redirectError(ProcessBuilder.Redirect.DISCARD)
                      .start();
              synchronized (processes) {
                processes.add(process);
              }
              return process.getInputStream().read() >= 0;
            };
        taken.add(waiting.submit(one));
      }
      int holders = 0;
      // Those refused end; one that holds goes on until it is killed.
      for (Future<Boolean> future : taken) {
        holders += future.get(60, TimeUnit.SECONDS) ? 1 : 0;
      }
      assertTrue(holders <= 1, "holders: " + holders);
    } finally {
      waiting.shutdownNow();
      for (Process process : processes) {
        process.destroyForcibly().waitFor();
      }
    }
  }
}
