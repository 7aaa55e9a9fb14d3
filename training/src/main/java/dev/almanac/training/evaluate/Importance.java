package dev.almanac.training.evaluate;

import dev.almanac.training.run.Run;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code importance.json}: how much worse a run's model predicts when a source column is permuted.
 *
 * @param formatVersion of this file; this code writes and reads {@value #FORMAT_VERSION}
 * @param split that the rows are of
 * @param rows that were permuted
 * @param splitRows that they were drawn from
 * @param seed of the draw and of the permutations
 * @param metrics of the rows as they are
 */
public record Importance(
    int formatVersion,
    String split,
    int rows,
    long splitRows,
    long seed,
    Map<String, Double> metrics,
    List<Source> columns) {
  public static final int FORMAT_VERSION = 1;
  public static final String FILE = "importance.json";

  public Importance {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    columns = List.copyOf(columns);
  }

  /**
   * A source column.
   *
   * @param encoded the features computed from it, permuted together
   * @param permuted each metric after each permutation
   */
  public record Source(String name, List<String> encoded, Map<String, List<Double>> permuted) {
    public Source {
      encoded = List.copyOf(encoded);
      permuted = Collections.unmodifiableMap(new LinkedHashMap<>(permuted));
    }
  }

  /** A run's; nothing when it was never measured. */
  public static Optional<Importance> read(Run run) throws IOException {
    String path = run.path(FILE);
    // As the record is now: it may have been measured since the caller read it.
    Run now = Run.open(run.folder());
    if (now.files(FILE).isEmpty()) {
      return Optional.empty();
    }
    now.require(FILE);
    Importance found = Json.read(Storage.readText(path), Importance.class, path);
    if (found.formatVersion() != FORMAT_VERSION) {
      throw new ForeseenException(
          "Cannot read %s: this Almanac reads format-version %s (%s found)"
              .formatted(path, FORMAT_VERSION, found.formatVersion()));
    }
    return Optional.of(found);
  }

  void write(Run run) throws IOException {
    Run open = Run.open(run.folder());
    // A record never names a file that is being replaced.
    open = open.write(open.record().withoutFiles(FILE));
    Storage.writeText(run.path(FILE), Json.pretty(this));
    open.write(open.record().withFiles(open.hashed(FILE)));
  }
}
