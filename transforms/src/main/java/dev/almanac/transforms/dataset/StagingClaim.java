package dev.almanac.transforms.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process that stages a dataset, as the name of a hidden file beside the staging folder: it is
 * there before the folder is and until the folder is gone, and a kill cannot leave half a name.
 *
 * @param started when the process started, in milliseconds since 1970, so that another one with its
 *     number is told apart; 0 when the system does not say
 */
record StagingClaim(Staging staging, String host, long process, long started) {
  private static final String SUFFIX = ".claim";
  private static final Pattern NAME =
      Pattern.compile("\\.([^.]+)\\.(\\d+)-(\\d+)\\.(.+)" + Pattern.quote(SUFFIX));

  static StagingClaim here(Staging staging) {
    ProcessHandle self = ProcessHandle.current();
    return new StagingClaim(staging, DatasetIdentity.hostName(), self.pid(), started(self));
  }

  /** The claims on every dataset below a root. */
  static List<StagingClaim> below(String root) throws IOException {
    List<StagingClaim> claims = new ArrayList<>();
    for (StoredFile file : Storage.match(Storage.resolve(root, ".*" + SUFFIX))) {
      Matcher name = NAME.matcher(file.name());
      if (name.matches()) {
        claims.add(
            new StagingClaim(
                new Staging(root, name.group(1)),
                name.group(4),
                Long.parseLong(name.group(2)),
                Long.parseLong(name.group(3))));
      }
    }
    return claims;
  }

  /** The claims on one dataset: at most one, but for processes that began at the same instant. */
  static List<StagingClaim> of(Staging staging) throws IOException {
    return below(staging.root()).stream().filter(c -> c.staging().equals(staging)).toList();
  }

  void write() throws IOException {
    try (OutputStream out = Storage.create(path())) {
      out.write("staged by process %d of %s%n".formatted(process, host).getBytes(UTF_8));
    }
  }

  void delete() throws IOException {
    Storage.delete(List.of(path()));
  }

  private String path() {
    return Storage.resolve(
        staging.root(),
        ".%s.%d-%d.%s%s".formatted(staging.stamp(), process, started, host, SUFFIX));
  }

  /** Whether the process ran on this machine and has ended. */
  boolean isGone() {
    if (!host.equals(DatasetIdentity.hostName())) {
      return false;
    }
    return ProcessHandle.of(process)
        .map(handle -> started != 0 && started != started(handle))
        .orElse(true);
  }

  private static long started(ProcessHandle handle) {
    return handle.info().startInstant().map(instant -> instant.toEpochMilli()).orElse(0L);
  }
}
