package dev.almanac.training.machine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The machine, and how much of it this process may take.
 *
 * @param cpuLimit processors' time at once that a container may take; null when nothing bounds it
 * @param memoryBytes of the machine
 * @param memoryLimit bytes that a container may take; null when nothing bounds it
 * @param gpus those that this process sees; empty without any
 */
public record Hardware(
    Cpu cpu, Double cpuLimit, long memoryBytes, Long memoryLimit, List<Gpu> gpus) {
  private static final Path ROOT = Path.of("/");

  public Hardware {
    gpus = gpus == null ? List.of() : List.copyOf(gpus);
  }

  /** This machine. */
  static Hardware here(List<Gpu> gpus) {
    long memory =
        ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
            ? system.getTotalMemorySize()
            : 0;
    return of(ROOT, memory, gpus);
  }

  /**
   * A machine.
   *
   * @param root of its file system
   * @param memory that Java sees, which in a container is what it may take
   */
  static Hardware of(Path root, long memory, List<Gpu> gpus) {
    Cgroup group = Cgroup.of(root);
    OptionalDouble cpu = group.cpuLimit();
    OptionalLong limit = group.memoryLimit();
    long total = MemoryInfo.of(root).total().orElse(memory);
    return new Hardware(
        Cpu.of(root),
        cpu.isPresent() ? cpu.getAsDouble() : null,
        total,
        limit.isPresent() && limit.getAsLong() < total ? limit.getAsLong() : null,
        gpus);
  }
}
