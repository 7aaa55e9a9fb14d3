package dev.almanac.transforms.dataset.verify;

import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.reject.Reject;
import dev.almanac.transforms.storage.Storage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Whether the files of rejected rows hold as many, for each reason, as were counted. */
final class RejectsCheck {
  private RejectsCheck() {}

  /**
   * Reads every file.
   *
   * @param differences takes each thing that is wrong
   */
  static void of(String folder, DatasetManifest.Rejects rejects, Consumer<String> differences)
      throws IOException {
    Map<String, Long> found = new TreeMap<>();
    for (String path : rejects.files()) {
      String place = Storage.resolve(folder, path);
      try (BufferedReader reader =
          new BufferedReader(new InputStreamReader(Storage.open(place), StandardCharsets.UTF_8))) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          Reject reject = Json.read(line, Reject.class, path);
          found.merge(reject.reason().text(), 1L, Long::sum);
        }
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
    if (!found.equals(counted)) {
      differences.accept(
          "its files hold %s rows (%s in %s)".formatted(found, counted, DatasetManifest.FILE));
    }
    long rows = found.values().stream().mapToLong(Long::longValue).sum();
    if (rows != rejects.rows()) {
      differences.accept(
          "its files hold %s rows (%s in %s)"
              .formatted(rows, rejects.rows(), DatasetManifest.FILE));
    }
  }
}
