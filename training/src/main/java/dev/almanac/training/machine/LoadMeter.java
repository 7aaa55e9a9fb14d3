package dev.almanac.training.machine;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Reads what this process and its machine are doing. Used by one thread. */
public final class LoadMeter {
  private static final double NANOS = 1e9;
  private static final String RESIDENT = "VmRSS:";

  private final Path root;
  private final Cgroup group;
  private final OperatingSystemMXBean system =
      ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean known
          ? known
          : null;
  private long before = System.nanoTime();
  private long processBefore = processNanos();

  public LoadMeter() {
    this(Path.of("/"));
  }

  /**
   * @param root of the machine's file system
   */
  LoadMeter(Path root) {
    this.root = root;
    this.group = Cgroup.of(root);
  }

  public Load read() {
    long now = System.nanoTime();
    long process = processNanos();
    double seconds = Math.max(1, now - before) / NANOS;
    double cores = Math.max(0, process - processBefore) / NANOS / seconds;
    before = now;
    processBefore = process;
    double machine = system == null ? -1 : system.getCpuLoad();
    return new Load(
        cores,
        machine >= 0 && machine <= 1 ? machine : null,
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        resident(),
        used());
  }

  private long processNanos() {
    return system == null ? 0 : Math.max(0, system.getProcessCpuTime());
  }

  private Long resident() {
    try {
      for (String line : SystemFile.lines(root.resolve("proc/self/status"))) {
        if (line.startsWith(RESIDENT)) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
    } catch (IOException | NumberFormatException elsewhere) {
      // Other systems tell it to their own programs.
    }
    return null;
  }

  private Long used() {
    if (group.memoryLimit().isPresent() && group.memoryUsed().isPresent()) {
      return group.memoryUsed().getAsLong();
    }
    MemoryInfo memory = MemoryInfo.of(root);
    OptionalLong total = memory.total();
    OptionalLong available = memory.available();
    if (total.isPresent() && available.isPresent()) {
      return total.getAsLong() - available.getAsLong();
    }
    return system == null ? null : system.getTotalMemorySize() - system.getFreeMemorySize();
  }
}
