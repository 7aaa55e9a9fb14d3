package dev.almanac.benchmarks.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredProcessTest {
  @TempDir Path folder;

  @Test
  void cpuSecondsAreThoseOfGrandchildrenToo() throws Exception {
    Measurement run = run("bash -c 'for ((i = 0; i < 300000; i++)); do :; done'; true");
    assertEquals(0, run.exit());
    assertTrue(run.cpuSeconds() > 0.05, run::toString);
    assertTrue(run.cpuSeconds() <= run.wallSeconds() + 0.05, run::toString);
  }

  @Test
  void waitingCostsNoCpu() throws Exception {
    Measurement run = run("sleep 0.5");
    assertTrue(run.wallSeconds() >= 0.5, run::toString);
    assertTrue(run.cpuSeconds() < 0.25, run::toString);
  }

  @Test
  void aFailureKeepsItsStatusAndItsLastLines() throws Exception {
    Measurement run = run("echo why >&2; exit 7");
    assertEquals(7, run.exit());
    assertEquals("why", run.lastLines());
  }

  @Test
  void aProcessBeyondTheLimitIsEndedAndHasFailed() throws Exception {
    Measurement run =
        new MeasuredProcess(folder, Duration.ofMillis(300)).run(List.of("sleep", "60"), Map.of());
    assertTrue(run.exit() != 0 && run.wallSeconds() < 30, run::toString);
    assertTrue(run.lastLines().contains("limit"), run::lastLines);
  }

  @Test
  void peakMemoryIsTheLargestProcesss() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/status")), "needs /proc");
    // A text of 40 MB in bash's memory, for a second.
    Measurement run = run("x=$(head -c 40000000 /dev/zero | tr '\\0' x); sleep 1; echo ${#x}");
    assertEquals("40000000", run.lastLines());
    assertTrue(run.peakBytes() > 40_000_000, run::toString);
    assertTrue(run.peakBytes() < 400_000_000, run::toString);
  }

  private Measurement run(String script) throws IOException, InterruptedException {
    return new MeasuredProcess(folder, Duration.ofMinutes(2))
        .run(List.of("bash", "-c", script), Map.of());
  }
}
