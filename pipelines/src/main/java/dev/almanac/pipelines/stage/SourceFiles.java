package dev.almanac.pipelines.stage;

import dev.almanac.pipelines.cli.RequestException;
import dev.almanac.transforms.dataset.SourceRows;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The files that globs name, each once, sorted by path. */
final class SourceFiles {
  private SourceFiles() {}

  /**
   * @param key the config's key or the option that named the globs, for messages
   * @throws RequestException naming every glob that matches nothing
   */
  static List<StoredFile> match(List<String> globs, String key)
      throws IOException, RequestException {
    TreeMap<String, StoredFile> files = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    for (String glob : globs) {
      List<StoredFile> matched = Storage.match(glob);
      if (matched.isEmpty()) {
        problems.add(
            "Cannot find source files: %s matches nothing; correct %s".formatted(glob, key));
      }
      matched.forEach(file -> files.put(file.path(), file));
    }
    if (!problems.isEmpty()) {
      throw new RequestException(String.join("\n", problems));
    }
    return List.copyOf(files.values());
  }

  /**
   * Whether the files are parquet rather than CSV, by their names.
   *
   * @throws RequestException when some are and some are not
   */
  static boolean areParquet(List<StoredFile> files) throws RequestException {
    List<StoredFile> parquet =
        files.stream().filter(file -> SourceRows.isParquet(file.path())).toList();
    if (!parquet.isEmpty() && parquet.size() < files.size()) {
      throw new RequestException(
          "Cannot read the source: its files must be of one format (%d are parquet, such as %s, and %d are not)"
              .formatted(parquet.size(), parquet.get(0).path(), files.size() - parquet.size()));
    }
    return !parquet.isEmpty();
  }
}
