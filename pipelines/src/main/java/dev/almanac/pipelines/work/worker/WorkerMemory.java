package dev.almanac.pipelines.work.worker;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

/**
 * What each of some workers may use of a machine's memory.
 *
 * <p>Together they leave a fifth to others. Half of a worker's share, but at most a quarter of the
 * machine, is Java's heap, where rows are read; the other half is for PyTorch, which knows no
 * bound. Who sets a heap for the search (such as {@code -Xmx}) sets it for each worker.
 *
 * @param workers how many there are
 * @param heap bytes of each one's Java heap
 * @param given whether the search's own flags say so
 * @param machine bytes of the machine, or of the container
 */
public record WorkerMemory(int workers, long heap, boolean given, long machine) {
  private static final List<String> HEAP_FLAGS = List.of("-Xmx", "-XX:MaxHeapSize", "-XX:MaxRAM");

  private static final long LEAST = 256L << 20;

  /**
   * Of this machine.
   *
   * @param flags of this JVM, which the workers have too
   */
  public static WorkerMemory of(int workers, List<String> flags) {
    long machine =
        ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
            ? system.getTotalMemorySize()
            : 4 * Runtime.getRuntime().maxMemory();
    boolean given = flags.stream().anyMatch(flag -> HEAP_FLAGS.stream().anyMatch(flag::startsWith));
    return of(workers, machine, given ? Runtime.getRuntime().maxMemory() : 0);
  }

  /**
   * @param given heap of each; 0 when nobody has said
   */
  static WorkerMemory of(int workers, long machine, long given) {
    long share = machine / 5 * 4 / workers;
    long heap = Math.max(LEAST, Math.min(share / 2, machine / 4));
    return new WorkerMemory(workers, given > 0 ? given : heap, given > 0, machine);
  }

  /** Bytes of a heap that a dataset's rows may take which stay decoded between trainings. */
  static long rows(long heap) {
    return heap / 4;
  }

  /** The flags that bound a worker's heap; none when it has them from the search. */
  public List<String> flags() {
    return given ? List.of() : List.of("-Xmx%dm".formatted(heap >> 20));
  }

  /** What a worker may use, for a person. */
  public String text() {
    long beside = machine / 5 * 4 / workers - heap;
    return String.format(
        Locale.ROOT,
        "%s with up to %.1f GB of Java's heap%s%s, %.1f GB of it for rows that stay decoded; PyTorch's memory comes beside it%s",
        workers == 1 ? "1 worker" : workers + " workers",
        heap / 1e9,
        workers == 1 ? "" : " each",
        given ? "" : " (-Xmx%dm)".formatted(heap >> 20),
        rows(heap) / 1e9,
        beside > 0
            ? String.format(
                Locale.ROOT,
                ", %s of the machine's %.1f GB",
                String.format(
                    Locale.ROOT, workers == 1 ? "%.1f GB" : "%.1f GB for each", beside / 1e9),
                machine / 1e9)
            : "");
  }
}
