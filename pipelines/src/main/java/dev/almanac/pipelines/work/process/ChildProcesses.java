package dev.almanac.pipelines.work.process;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Processes that one piece of work has started, and that do not outlive it. Thread-safe. */
public final class ChildProcesses {
  /** How long one that is told to end may write its state. */
  static final int STOPPING_SECONDS = 60;

  private final Set<Process> running = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  /**
   * Starts one.
   *
   * @param command the program and its arguments
   * @param environment beside ours
   */
  public ChildProcess start(List<String> command, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    Process process = builder.start();
    running.add(process);
    if (stopped) {
      kill(process);
    }
    return new ChildProcess(process, this);
  }

  /** Tells all to end, waits until they have written their state, and kills what is left. */
  public void stop() {
    stopped = true;
    synchronized (running) {
      running.forEach(Process::destroy);
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOPPING_SECONDS);
      try {
        for (Process process : running) {
          process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      kill();
    }
  }

  /** Ends all at once, once those that are being told to have; new ones end as they start. */
  public void kill() {
    stopped = true;
    synchronized (running) {
      running.forEach(ChildProcesses::kill);
    }
  }

  /** Whether they were told to end, so that how one ended is no answer. */
  public boolean areStopped() {
    return stopped;
  }

  /** Tells one to end, waits until it has written its state, and kills it when it does not end. */
  void stop(Process process) {
    process.destroy();
    try {
      process.waitFor(STOPPING_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    kill(process);
    running.remove(process);
  }

  /** One that is told to end is not hurried. */
  void end(Process process) {
    if (!stopped) {
      kill(process);
      running.remove(process);
    }
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
