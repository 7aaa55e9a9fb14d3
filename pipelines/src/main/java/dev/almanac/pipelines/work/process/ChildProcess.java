package dev.almanac.pipelines.work.process;

import java.util.function.Consumer;

/** A process that was started for an answer; closed, it has ended. */
public final class ChildProcess implements AutoCloseable {
  /** Bytes: enough of an error to see what it is about. */
  private static final int ERRORS = 2000;

  /** Bytes: many times what an answer takes. */
  private static final int OUTPUT = 1 << 20;

  private final Process process;
  private final Consumer<Process> end;
  private final Drain errors;
  private final Drain output;

  /**
   * How a process ended.
   *
   * @param output the end of what it wrote to standard output
   * @param errors the end of what it wrote to standard error
   */
  public record Ended(int status, String output, String errors) {}

  ChildProcess(Process process, Consumer<Process> end) {
    this.process = process;
    this.end = end;
    this.errors = new Drain(process.getErrorStream(), ERRORS, "child-errors");
    this.output = new Drain(process.getInputStream(), OUTPUT, "child-output");
  }

  /** Waits for its end. */
  public Ended await() throws InterruptedException {
    return new Ended(process.waitFor(), output.text(), errors.text());
  }

  @Override
  public void close() {
    end.accept(process);
  }
}
