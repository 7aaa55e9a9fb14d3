package dev.almanac.benchmarks.measure;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * CPU seconds of each thread of a process's children, read from {@code /proc} a few times a second:
 * what a profiler inside the JVM does not see, its own compiler and collector above all. Nothing
 * without {@code /proc}.
 */
public final class ThreadTimes implements AutoCloseable {
  private static final long MILLIS = 200;

  /** The kernel counts in hundredths of a second on every Linux that runs Java 17. */
  private static final double TICKS = 100;

  /** User and system CPU seconds. */
  public record Seconds(double user, double system) {
    Seconds plus(Seconds other) {
      return new Seconds(user + other.user, system + other.system);
    }

    public double total() {
      return user + system;
    }
  }

  private record Task(String name, Seconds seconds) {}

  private final Map<Path, Task> tasks = new ConcurrentHashMap<>();
  private final Thread watch;

  private ThreadTimes(long pid) {
    watch = new Thread(() -> look(pid), "thread-times");
    watch.setDaemon(true);
  }

  /** Watches the children of a process until closed. */
  public static ThreadTimes watch(long pid) {
    ThreadTimes times = new ThreadTimes(pid);
    times.watch.start();
    return times;
  }

  /**
   * By the threads' names, which the kernel cuts at 15 characters, numbers taken off their ends.
   */
  public Map<String, Seconds> byName() {
    Map<String, Seconds> sums = new TreeMap<>();
    tasks
        .values()
        .forEach(
            task ->
                sums.merge(
                    task.name().replaceAll("[-#\\s\\d]+$", ""), task.seconds(), Seconds::plus));
    return sums;
  }

  private void look(long root) {
    try {
      while (true) {
        ProcessHandle.of(root).stream()
            .flatMap(ProcessHandle::descendants)
            .forEach(process -> read(Path.of("/proc/%d/task".formatted(process.pid()))));
        Thread.sleep(MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read(Path folder) {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path task : all) {
        String stat = Files.readString(task.resolve("stat"));
        // pid (name) state ppid ...: the name may hold anything, so count from its end.
        int end = stat.lastIndexOf(')');
        String[] fields = stat.substring(end + 2).split(" ");
        tasks.put(
            task,
            new Task(
                stat.substring(stat.indexOf('(') + 1, end),
                new Seconds(
                    Long.parseLong(fields[11]) / TICKS, Long.parseLong(fields[12]) / TICKS)));
      }
    } catch (IOException e) {
      // The process or one of its threads ended meanwhile; the others are read again soon.
      return;
    }
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
