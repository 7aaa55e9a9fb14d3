package dev.almanac.training.track;

import dev.almanac.training.run.Run;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.List;

/**
 * The runs of a folder that a tracker has not been shown to their end: an empty file for each in
 * {@code .track/KEY}, there from a run's beginning on, so that a killed one is among them.
 *
 * @param runs the folder of runs
 * @param key the tracker's
 */
public record PendingRuns(String runs, String key) {
  static PendingRuns around(Run run, Tracker tracker) {
    String folder = run.folder();
    return new PendingRuns(
        folder.substring(0, Math.max(0, folder.lastIndexOf('/'))), tracker.key());
  }

  /** Where they are kept; its lease is that of whoever sends what is pending. */
  public String folder() {
    return Storage.resolve(runs, ".track", key);
  }

  void add(Run run) throws IOException {
    Storage.write(path(run.record().runId()), out -> {});
  }

  /** It has been shown, or is gone. */
  public void remove(String runId) throws IOException {
    Storage.delete(List.of(path(runId)));
  }

  /** Ids, the oldest run first. */
  public List<String> ids() throws IOException {
    return Storage.pathsBelow(folder()).stream()
        .filter(path -> path.endsWith(ENDING))
        .map(path -> path.substring(0, path.length() - ENDING.length()))
        .sorted()
        .toList();
  }

  private static final String ENDING = ".run";

  private String path(String runId) {
    return Storage.resolve(folder(), runId + ENDING);
  }
}
