package dev.almanac.transforms.manifest;

import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * A file of a dataset that is neither parquet nor {@code dataset.json}: the schema, the transform,
 * a vocabulary, rejected rows, what is kept of the source.
 *
 * @param path below the dataset's folder
 * @param sha256 of the whole file, lower-case hexadecimal
 */
public record SideFile(String path, long bytes, String sha256) {
  /** Hashes these files of a folder. */
  public static List<SideFile> of(String folder, Collection<String> paths) throws IOException {
    List<SideFile> files = new ArrayList<>();
    for (String path : paths) {
      FileHash hash = FileHash.of(Storage.resolve(folder, path));
      files.add(new SideFile(path, hash.bytes(), hash.sha256()));
    }
    return files;
  }

  /** The files of a dataset's folder that are of no split, nor {@code dataset.json}. */
  public static List<String> pathsIn(String folder) throws IOException {
    return Storage.pathsBelow(folder).stream()
        .filter(path -> !path.equals(DatasetManifest.FILE))
        .filter(
            path -> Arrays.stream(Split.values()).noneMatch(s -> path.startsWith(s.text() + "/")))
        .toList();
  }

  /** Whether it is in a folder of the dataset. */
  public boolean isIn(String folder) {
    return path.startsWith(folder + "/");
  }
}
