package dev.almanac.transforms.manifest;

import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.Locale;

/**
 * The places of a dataset's files in its folder, finished or still in the making.
 *
 * @param path of the folder, local or remote
 */
public record DatasetFolder(String path) {
  /** The columns of the source. */
  public static final String SCHEMA = "schema.json";

  /** The folder of the fitted transform. */
  public static final String TRANSFORM = "transform";

  /** The folder of the rejected rows. */
  public static final String REJECTS = "rejects";

  /** The folder of what the dataset keeps of its source. */
  public static final String SOURCE = "source";

  /** Whether it holds a finished dataset: one with its {@code dataset.json}. */
  public boolean isFinished() throws IOException {
    return Storage.exists(file(DatasetManifest.FILE));
  }

  public String schema() {
    return file(SCHEMA);
  }

  public String transform() {
    return file(TRANSFORM);
  }

  public String source() {
    return file(SOURCE);
  }

  /** The place of a file by its path below the folder. */
  public String file(String below) {
    return Storage.resolve(path, below);
  }

  /** The rows that are kept of a chunk of the source, below the folder. */
  public static String keptRows(int chunk) {
    return String.format(Locale.ROOT, "%s/chunk-%06d.rows", SOURCE, chunk);
  }

  /** The statistics that are kept of a chunk of the source, below the folder. */
  public static String keptStatistics(int chunk) {
    return String.format(Locale.ROOT, "%s/chunk-%06d.statistics", SOURCE, chunk);
  }

  /** The rejected rows of a chunk of the source, below the folder. */
  public static String rejects(int chunk) {
    return String.format(Locale.ROOT, "%s/chunk-%06d.jsonl", REJECTS, chunk);
  }
}
