package dev.almanac.pipelines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The command line as a process, with the flags and the class path that the launcher gives it.
 *
 * <p>What it prints goes to a file; what it and its engine leave in the temporary folder stays
 * below the test's folder. Closing kills it.
 */
public final class Launched implements AutoCloseable {
  /** The folder of the whole project. */
  public static final Path ROOT = Path.of(System.getProperty("almanac.project.root"));

  private static final long PATIENCE_MINUTES = 10;

  private final Process process;
  private final Path log;

  private Launched(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a command.
   *
   * @param folder the test's own, for logs and temporary files
   * @param flags of the JVM, beside those of the runner's {@code jvm.options}
   */
  public static Launched start(
      String runner, Path folder, List<String> flags, List<String> arguments) throws IOException {
    Path module = ROOT.resolve("runners-config").resolve(runner);
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags(ROOT.resolve("runners-config/jvm.options")));
    command.addAll(flags(module.resolve("jvm.options")));
    command.add("-Xmx1g");
    command.add("-Djava.io.tmpdir=" + temporary);
    command.add(
        "-Dlog4j2.configurationFile=" + ROOT.resolve("runners-config/log4j2.properties").toUri());
    command.add("-Dalmanac.runner=" + runner);
    command.add("-Dalmanac.home=" + ROOT);
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath(module), "dev.almanac.pipelines.cli.Main"));
    command.addAll(arguments);
    Path log = Files.createTempFile(folder, runner, ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(Map.of("SPARK_LOCAL_IP", "127.0.0.1", "OPT_OUT_TRACKING", "true"));
    return new Launched(builder.start(), log);
  }

  /** The flags of a file that has one a line. */
  public static List<String> flags(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    }
  }

  private static String classPath(Path module) throws IOException {
    Path list = module.resolve("target/class-path");
    if (!Files.exists(list)) {
      throw new IOException(
          "Cannot launch from %s: `mvn package` writes %s first".formatted(module, list));
    }
    try (Stream<Path> built = Files.list(module.resolve("target"))) {
      Path jar =
          built
              .filter(
                  path -> path.getFileName().toString().matches("almanac-runner-.*SNAPSHOT.jar"))
              .findFirst()
              .orElseThrow(
                  () -> new IOException("Cannot launch from %s: no jar".formatted(module)));
      return jar + ":" + Files.readString(list).strip();
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** What it has printed. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends SIGKILL and waits until the process is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /**
   * Waits for the end.
   *
   * @throws IllegalStateException with what it printed, when it failed or did not end
   */
  public void finish() throws InterruptedException {
    if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
      kill();
      throw new IllegalStateException("It did not end: " + log());
    }
    if (process.exitValue() != 0) {
      throw new IllegalStateException(
          "It ended with status %d: %s".formatted(process.exitValue(), log()));
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
