package dev.almanac.transforms.staging;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process that stages a dataset, as the name of a hidden file beside the staging folder: it is
 * there before the folder is and until the folder is gone, and a kill cannot leave half a name. The
 * file's age is the process's last sign of life.
 *
 * @param started when the process started, in milliseconds since 1970, so that another one with its
 *     number is told apart; 0 when the system does not say
 * @param work tells apart what one process makes at the same time
 * @param alive when the claim was last written, in milliseconds since 1970; 0 when storage does not
 *     say
 */
record StagingClaim(
    Staging staging, String host, long process, long started, String work, long alive)
    implements Staging.Mark {
  /** How often a process says that it lives. */
  static final Duration SIGN_OF_LIFE = Duration.ofMinutes(10);

  /** After so long without a sign a process of another machine is taken for dead. */
  static final Duration SILENCE = Duration.ofHours(24);

  private static final String SUFFIX = ".claim";
  private static final Pattern NAME =
      Pattern.compile("\\.([^.]+)\\.(\\d+)-(\\d+)-([0-9a-f]+)\\.(.+)" + Pattern.quote(SUFFIX));

  static StagingClaim here(Staging staging) {
    ProcessHandle self = ProcessHandle.current();
    String work = Staging.attempt().substring(0, 8);
    return new StagingClaim(
        staging, DatasetIdentity.hostName(), self.pid(), started(self), work, 0);
  }

  /** The claims on every dataset below a root. */
  static List<StagingClaim> below(String root) throws IOException {
    List<StagingClaim> claims = new ArrayList<>();
    for (StoredFile file : Storage.match(root, ".*" + SUFFIX)) {
      Matcher name = NAME.matcher(file.name());
      if (name.matches()) {
        claims.add(
            new StagingClaim(
                new Staging(root, name.group(1)),
                name.group(5),
                Long.parseLong(name.group(2)),
                Long.parseLong(name.group(3)),
                name.group(4),
                file.modified()));
      }
    }
    return claims;
  }

  /** The claims on one dataset: one, but for a moment in which several try for its name. */
  static List<StagingClaim> of(Staging staging) throws IOException {
    return below(staging.root()).stream().filter(c -> c.staging().equals(staging)).toList();
  }

  @Override
  public void write() throws IOException {
    byte[] text = "staged by process %s of %s%n".formatted(process, host).getBytes(UTF_8);
    Storage.write(path(), out -> out.write(text));
  }

  @Override
  public void delete() throws IOException {
    Storage.delete(List.of(path()));
  }

  @Override
  public String fileName() {
    return ".%s.%s-%s-%s.%s%s".formatted(staging.stamp(), process, started, work, host, SUFFIX);
  }

  private String path() {
    return Storage.resolve(staging.root(), fileName());
  }

  /**
   * Whether the process has ended: on this machine that is known, on another one it is taken to
   * when it has been silent for long.
   */
  boolean isGone(Instant now) {
    if (!isHere()) {
      return isSilent(now, SILENCE);
    }
    return ProcessHandle.of(process)
        .map(handle -> started != 0 && started != started(handle))
        .orElse(true);
  }

  /** Whether the process may have died on another machine: some of its signs are missing. */
  boolean isDoubtful(Instant now) {
    return !isHere() && (alive == 0 || isSilent(now, SIGN_OF_LIFE.multipliedBy(3)));
  }

  /** When it last gave a sign of life, for a person. */
  String lastSign() {
    return alive == 0 ? "never" : "at " + Instant.ofEpochMilli(alive);
  }

  private boolean isHere() {
    return host.equals(DatasetIdentity.hostName());
  }

  private boolean isSilent(Instant now, Duration time) {
    return alive != 0 && Instant.ofEpochMilli(alive).plus(time).isBefore(now);
  }

  @Override
  public String toString() {
    return "process %s on %s".formatted(process, host);
  }

  private static long started(ProcessHandle handle) {
    return handle.info().startInstant().map(instant -> instant.toEpochMilli()).orElse(0L);
  }
}
