package dev.almanac.pipelines.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The program as a process that can be killed, with its trials. */
final class SmallProcess {
  private final Process process;

  private SmallProcess(Process process) {
    this.process = process;
  }

  /** Starts it; what it says goes to {@code out.txt} and {@code err.txt} of the folder. */
  static SmallProcess start(Path folder, String... arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Doffline=true", "-XX:TieredStopAtLevel=1"));
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    line.addAll(List.of(arguments));
    return new SmallProcess(
        new ProcessBuilder(line)
            .redirectOutput(folder.resolve("out.txt").toFile())
            .redirectError(folder.resolve("err.txt").toFile())
            .start());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  boolean endsWithin(long milliseconds) throws InterruptedException {
    return process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
  }

  List<ProcessHandle> trials() {
    return process.descendants().toList();
  }

  /** As by {@code kill -9} or {@code kill}: then waits until it and its trials have ended. */
  void end(boolean hard) throws Exception {
    List<ProcessHandle> trials = trials();
    if (hard) {
      process.destroyForcibly();
    } else {
      process.destroy();
    }
    awaitEnd(trials);
  }

  /**
   * As by Ctrl-C, which reaches its trials, too; where it is ignored, as it is by what a shell runs
   * in the background, as by {@code kill}.
   */
  void interrupt() throws Exception {
    List<ProcessHandle> trials = trials();
    List<String> line = new ArrayList<>(List.of("kill", isInterruptIgnored() ? "-TERM" : "-INT"));
    line.add(Long.toString(process.pid()));
    trials.forEach(trial -> line.add(Long.toString(trial.pid())));
    // Some may have ended meanwhile.
    new ProcessBuilder(line).redirectErrorStream(true).start().waitFor();
    awaitEnd(trials);
  }

  private boolean isInterruptIgnored() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.exists(status)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    }
  }

  private void awaitEnd(List<ProcessHandle> trials) throws Exception {
    if (!endsWithin(TimeUnit.SECONDS.toMillis(90))) {
      throw new IllegalStateException("the process did not end");
    }
    for (ProcessHandle trial : trials) {
      trial.onExit().get(30, TimeUnit.SECONDS);
    }
  }
}
