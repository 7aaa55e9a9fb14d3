package dev.almanac.training.lease;

import dev.almanac.transforms.staging.DatasetIdentity;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process that works in a folder, stored as the name of a hidden file there, so that a kill
 * cannot leave half a name. The file's age is the time since the process's last sign of life.
 *
 * @param path of that file
 * @param started when the process started, in milliseconds since 1970, so that another one with its
 *     number is told apart; 0 when the system does not say
 * @param space the namespace that the process's number is of (a container has its own); 0 when the
 *     system does not say
 * @param alive the last sign, in milliseconds since 1970; 0 when storage does not say
 */
public record LeaseHolder(
    String path, String host, long process, long started, long space, long alive) {
  private static final String SUFFIX = ".lease";
  private static final Pattern NAME =
      Pattern.compile("\\.(\\d+)-(\\d+)-(\\d+)\\.(.+)" + Pattern.quote(SUFFIX));

  static LeaseHolder here(String folder) {
    ProcessHandle self = ProcessHandle.current();
    String host = DatasetIdentity.hostName();
    String name = ".%s-%s-%s.%s%s".formatted(self.pid(), started(self), pidSpace(), host, SUFFIX);
    return new LeaseHolder(
        Storage.resolve(folder, name), host, self.pid(), started(self), pidSpace(), 0);
  }

  /** Whoever left their name in a folder, living or not. */
  static List<LeaseHolder> of(String folder) throws IOException {
    List<LeaseHolder> holders = new ArrayList<>();
    for (StoredFile file : Storage.match(folder, ".*" + SUFFIX)) {
      Matcher name = NAME.matcher(file.name());
      if (name.matches()) {
        holders.add(
            new LeaseHolder(
                file.path(),
                name.group(4),
                Long.parseLong(name.group(1)),
                Long.parseLong(name.group(2)),
                Long.parseLong(name.group(3)),
                file.modified()));
      }
    }
    return holders;
  }

  boolean isThisProcess() {
    ProcessHandle self = ProcessHandle.current();
    return isHere() && process == self.pid() && started == started(self);
  }

  /**
   * Whether the process has ended: on this machine that is known, on another one it is taken to
   * when it has been silent for {@link Lease#SILENCE}.
   */
  boolean isGone(Instant now) {
    if (!isHere()) {
      return alive != 0 && Instant.ofEpochMilli(alive).plus(Lease.SILENCE).isBefore(now);
    }
    Optional<ProcessHandle> handle = ProcessHandle.of(process);
    return handle.isEmpty()
        || started != 0 && started != started(handle.get())
        || isUnreaped(process);
  }

  /** The host's name alone does not say which machine a container is. */
  boolean isHere() {
    return host.equals(DatasetIdentity.hostName()) && space == pidSpace();
  }

  /** Who it is, for a person. */
  @Override
  public String toString() {
    return "process %s on %s".formatted(process, host);
  }

  /** When it last gave a sign, for a person; empty on this machine, where more is known. */
  String lastSign(Instant now) {
    if (isHere()) {
      return "";
    }
    return alive == 0
        ? ", which gives no sign of life that can be seen"
        : ", last heard of %s ago"
            .formatted(seconds(Duration.between(Instant.ofEpochMilli(alive), now)));
  }

  private static String seconds(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    return seconds < 120 ? seconds + " s" : seconds / 60 + " min";
  }

  private static long started(ProcessHandle handle) {
    return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /** The number in Linux's {@code pid:[4026531836]}. */
  private static long pidSpace() {
    try {
      Path link = Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
      return Long.parseLong(link.toString().replaceAll("\\D", ""));
    } catch (IOException | RuntimeException elsewhere) {
      return 0;
    }
  }

  /** Whether a process has ended and its parent, as in many containers, never asks how. */
  private static boolean isUnreaped(long process) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(process), "stat"));
      char state = stat.charAt(stat.lastIndexOf(')') + 2);
      return state == 'Z' || state == 'X';
    } catch (IOException | RuntimeException unknown) {
      return false;
    }
  }
}
