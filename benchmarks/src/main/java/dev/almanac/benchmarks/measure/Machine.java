package dev.almanac.benchmarks.measure;

import java.lang.management.ManagementFactory;

/**
 * Where and when figures were taken.
 *
 * @param load of the system over the last minute as it began; -1 where unknown. Without a
 *     comparison beside it, a quiet machine is near 0
 */
public record Machine(String system, int processors, long memoryBytes, String java, double load) {

  public static Machine here() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Machine(
        "%s %s".formatted(system.getName(), system.getArch()),
        system.getAvailableProcessors(),
        system.getTotalMemorySize(),
        Runtime.version().toString(),
        system.getSystemLoadAverage());
  }

  @Override
  public String toString() {
    return "%s, %d processors, %.0f GB, Java %s; load %.1f at the start"
        .formatted(system, processors, memoryBytes / 1e9, java, load);
  }
}
