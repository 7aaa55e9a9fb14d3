package dev.almanac.pipelines.work.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A process that is talked to line by line; closed, it has ended. One thread at a time. */
public final class ChildProcess implements AutoCloseable {
  /** Bytes: enough of an error to see what it is about. */
  private static final int ERRORS = 2000;

  private final Process process;
  private final ChildProcesses all;
  private final Drain errors;
  private final Lines output;

  /**
   * How a process ended.
   *
   * @param status negative when it has not
   * @param errors the end of what it wrote to standard error
   */
  public record Ended(int status, String errors) {}

  ChildProcess(Process process, ChildProcesses all) {
    this.process = process;
    this.all = all;
    this.errors = new Drain(process.getErrorStream(), ERRORS, "child-errors");
    this.output = new Lines(process.getInputStream(), () -> {});
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Writes a line to its standard input; one that has ended does not hear it. */
  public void say(String line) {
    try {
      OutputStream in = process.getOutputStream();
      in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      in.flush();
    } catch (IOException gone) {
      // Its output ends, too.
    }
  }

  /** The next line of its standard output, once it is there; empty when it wrote its last. */
  public Optional<String> hear() throws InterruptedException {
    return output.next();
  }

  /** Waits for its end; one whose output has ended and that does not end is not waited for long. */
  public Ended await() throws InterruptedException {
    if (!process.waitFor(ChildProcesses.STOPPING_SECONDS, TimeUnit.SECONDS)) {
      return new Ended(-1, "it does not end");
    }
    return new Ended(process.exitValue(), errors.text());
  }

  /** Lets it write its state, and waits until it has; then it ends in any case. */
  public void stop() {
    all.stop(process);
  }

  @Override
  public void close() {
    all.end(process);
  }
}
