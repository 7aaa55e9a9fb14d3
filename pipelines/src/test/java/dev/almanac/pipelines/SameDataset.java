package dev.almanac.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Two datasets are the same when every byte is, but for when and where dataset.json was made. */
final class SameDataset {
  private SameDataset() {}

  /**
   * Checks that a folder holds the files of another and no others, not even hidden ones, and that
   * they are what its dataset.json says.
   */
  static void assertSame(Path expected, Path folder, String when) throws IOException {
    Dataset dataset = new Dataset(folder.toString(), DatasetManifest.read(folder.toString()));
    dataset.verify(List.of(Split.values()));
    assertEquals(DatasetManifest.read(expected.toString()).hash(), dataset.manifest().hash(), when);
    assertEquals(sums(expected), sums(folder), when);
  }

  /** The checksum of each file. */
  private static TreeMap<String, String> sums(Path folder) throws IOException {
    TreeMap<String, String> sums = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(path).toString();
        boolean dated = name.equals(DatasetManifest.FILE);
        sums.put(name, dated ? "dated" : Json.sha256(Files.readAllBytes(path)));
      }
    }
    return sums;
  }
}
