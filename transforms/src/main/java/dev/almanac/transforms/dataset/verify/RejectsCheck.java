package dev.almanac.transforms.dataset.verify;

import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.staging.RejectLog;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Whether the files of rejected rows hold as many, for each reason, as were counted; where some
 * were not kept, no more for a reason and as many together.
 */
final class RejectsCheck {
  private RejectsCheck() {}

  /**
   * Reads every file.
   *
   * @param differences takes each thing that is wrong
   */
  static void of(String folder, DatasetManifest.Rejects rejects, Consumer<String> differences) {
    Map<String, Long> found = new TreeMap<>();
    long notKept = 0;
    for (String path : rejects.files()) {
      try {
        notKept +=
            RejectLog.read(
                Storage.resolve(folder, path),
                path,
                reject -> found.merge(reject.reason().text(), 1L, Long::sum));
      } catch (IOException unreadable) {
        differences.accept(unreadable.getMessage());
        return;
      }
    }
    Map<String, Long> counted =
        rejects.reasons().stream()
            .collect(
                Collectors.toMap(
                    DatasetManifest.ReasonCount::reason,
                    DatasetManifest.ReasonCount::rows,
                    Long::sum,
                    TreeMap::new));
    boolean fits =
        notKept == 0
            ? found.equals(counted)
            : found.entrySet().stream()
                .allMatch(kept -> kept.getValue() <= counted.getOrDefault(kept.getKey(), 0L));
    if (!fits) {
      differences.accept(
          "its files hold %s rows (%s in %s)".formatted(found, counted, DatasetManifest.FILE));
    }
    long rows = notKept + found.values().stream().mapToLong(Long::longValue).sum();
    if (rows != rejects.rows()) {
      differences.accept(
          "its files hold %s rows (%s in %s)"
              .formatted(rows, rejects.rows(), DatasetManifest.FILE));
    }
  }
}
