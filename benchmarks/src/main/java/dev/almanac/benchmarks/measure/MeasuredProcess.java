package dev.almanac.benchmarks.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * Runs a command as a process of its own and measures it from outside, start-up included.
 *
 * <p>CPU seconds are bash's {@code times}: of the command and of every child it waited for. Peak
 * memory is the kernel's own high-water mark of each process, read from {@code /proc} while it
 * lives.
 */
public final class MeasuredProcess {
  private static final String TIMED =
      "log=$1; shift; \"$@\"; status=$?; times >\"$log\"; exit $status";
  private static final int LAST_LINES = 12;

  private final Path folder;
  private final Duration limit;

  /**
   * @param folder for what the processes print
   * @param limit after which a process is ended; it then counts as failed
   */
  public MeasuredProcess(Path folder, Duration limit) {
    this.folder = folder;
    this.limit = limit;
  }

  /** Runs the command; what it adds to this process's environment is given. */
  public Measurement run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    return run(command, environment, pid -> {});
  }

  /** As {@link #run(List, Map)}, and hands over the id of the process to look at. */
  public Measurement run(
      List<String> command, Map<String, String> environment, LongConsumer started)
      throws IOException, InterruptedException {
    Path times = folder.resolve("times.txt");
    Path output = folder.resolve("output.txt");
    Files.deleteIfExists(times);
    List<String> timed = new ArrayList<>(List.of("bash", "-c", TIMED, "timed", times.toString()));
    timed.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(timed).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    long start = System.nanoTime();
    Process process = builder.start();
    started.accept(process.pid());
    boolean ended;
    long peak;
    try (PeakMemory memory = PeakMemory.watch(process)) {
      ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
      }
      peak = memory.bytes();
    }
    double wall = (System.nanoTime() - start) / 1e9;
    String last = last(output);
    if (!ended) {
      last += "%nended after the limit of %s".formatted(limit);
    }
    return new Measurement(
        ended ? process.exitValue() : Math.max(1, process.exitValue()),
        wall,
        Files.exists(times) ? BashTimes.children(Files.readString(times)) : 0,
        peak,
        last);
  }

  private static String last(Path output) throws IOException {
    String text = Files.readString(output, StandardCharsets.ISO_8859_1);
    List<String> lines = text.lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }
}
