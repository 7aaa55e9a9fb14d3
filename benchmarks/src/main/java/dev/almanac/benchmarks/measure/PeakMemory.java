package dev.almanac.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The most memory that the largest process of a tree held: the kernel's {@code VmHWM}, which only
 * grows, read a few times a second. 0 without {@code /proc}.
 */
final class PeakMemory implements AutoCloseable {
  private static final long MILLIS = 100;

  private final AtomicLong bytes = new AtomicLong();
  private final Thread watch;

  private PeakMemory(Process root) {
    watch = new Thread(() -> look(root), "peak-memory");
    watch.setDaemon(true);
  }

  static PeakMemory watch(Process root) {
    PeakMemory memory = new PeakMemory(root);
    memory.watch.start();
    return memory;
  }

  long bytes() {
    return bytes.get();
  }

  private void look(Process root) {
    try {
      while (root.isAlive()) {
        root.descendants().forEach(process -> bytes.accumulateAndGet(of(process.pid()), Math::max));
        Thread.sleep(MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long of(long pid) {
    try {
      return Files.readString(Path.of("/proc/%d/status".formatted(pid)))
          .lines()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      // It ended meanwhile, or there is no /proc.
      return 0;
    }
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
