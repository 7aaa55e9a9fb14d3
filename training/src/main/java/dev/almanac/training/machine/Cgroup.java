package dev.almanac.training.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What a container may take, and takes, as Linux's control groups of version 1 or 2 say. Each group
 * is bound by those above it, too.
 *
 * <p>In a container the path of its group may be one of the host's, which is not there: what is
 * mounted is the group then.
 */
final class Cgroup {
  /** Version 1 has no word for no bound: it is the greatest number of pages. */
  private static final long UNBOUNDED = 1L << 62;

  private final Path root;
  private final boolean unified;

  private Cgroup(Path root, boolean unified) {
    this.root = root;
    this.unified = unified;
  }

  /**
   * The one of this process.
   *
   * @param root of the machine's file system
   */
  static Cgroup of(Path root) {
    return new Cgroup(root, Files.exists(root.resolve("sys/fs/cgroup/cgroup.controllers")));
  }

  /** The most bytes of memory; none when nothing bounds it. */
  OptionalLong memoryLimit() {
    String file = unified ? "memory.max" : "memory.limit_in_bytes";
    return chain("memory").stream()
        .map(group -> SystemFile.number(group.resolve(file)))
        .filter(OptionalLong::isPresent)
        .mapToLong(OptionalLong::getAsLong)
        .filter(bytes -> bytes < UNBOUNDED)
        .min();
  }

  /** The bytes in use by the group of this process; none when it is not bounded or told. */
  OptionalLong memoryUsed() {
    String file = unified ? "memory.current" : "memory.usage_in_bytes";
    return chain("memory").stream()
        .map(group -> SystemFile.number(group.resolve(file)))
        .filter(OptionalLong::isPresent)
        .findFirst()
        .orElse(OptionalLong.empty());
  }

  /** The most processors' time at once; none when nothing bounds it. */
  OptionalDouble cpuLimit() {
    Function<Path, OptionalDouble> limit = unified ? Cgroup::quota : Cgroup::quotaOfTwoFiles;
    return chain("cpu").stream()
        .map(limit)
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .min();
  }

  /** The group of this process, then those above it. */
  private List<Path> chain(String controller) {
    Path mount = unified ? root.resolve("sys/fs/cgroup") : mount(controller);
    List<Path> chain = new ArrayList<>();
    Path at = mount.resolve(path(controller)).normalize();
    while (at.startsWith(mount)) {
      if (Files.isDirectory(at)) {
        chain.add(at);
      }
      at = at.getParent();
    }
    return chain;
  }

  /** Version 1 mounts the processor's controller alone or with its accounting. */
  private Path mount(String controller) {
    Path all = root.resolve("sys/fs/cgroup");
    Path alone = all.resolve(controller);
    return controller.equals("cpu") && !Files.isDirectory(alone)
        ? all.resolve("cpu,cpuacct")
        : alone;
  }

  /** Of {@code 0::/a/b}, or in version 1 {@code 4:cpu,cpuacct:/a/b}: {@code a/b}. */
  private String path(String controller) {
    try {
      for (String line : SystemFile.lines(root.resolve("proc/self/cgroup"))) {
        String[] parts = line.split(":", 3);
        if (parts.length == 3
            && (unified ? parts[1].isEmpty() : List.of(parts[1].split(",")).contains(controller))) {
          return parts[2].replaceFirst("^/+", "");
        }
      }
    } catch (IOException elsewhere) {
      // Then there is none, or what is mounted is it.
    }
    return "";
  }

  private static OptionalDouble quota(Path group) {
    try {
      String[] words = SystemFile.lines(group.resolve("cpu.max")).get(0).strip().split(" ");
      return words[0].equals("max")
          ? OptionalDouble.empty()
          : OptionalDouble.of(Double.parseDouble(words[0]) / Double.parseDouble(words[1]));
    } catch (IOException | RuntimeException none) {
      return OptionalDouble.empty();
    }
  }

  private static OptionalDouble quotaOfTwoFiles(Path group) {
    OptionalLong quota = SystemFile.number(group.resolve("cpu.cfs_quota_us"));
    OptionalLong period = SystemFile.number(group.resolve("cpu.cfs_period_us"));
    return quota.isEmpty() || period.isEmpty() || quota.getAsLong() <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) quota.getAsLong() / period.getAsLong());
  }
}
