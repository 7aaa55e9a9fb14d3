package dev.almanac.benchmarks.prepare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders with all that is in them. */
final class Trees {
  private Trees() {}

  static void delete(Path folder) throws IOException {
    for (Path path : all(folder, "")) {
      Files.delete(path);
    }
  }

  /** Removes what an earlier run left and makes the folder. */
  static Path empty(Path folder) throws IOException {
    delete(folder);
    return Files.createDirectories(folder);
  }

  static long bytes(List<Path> files) throws IOException {
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  /** Files and folders whose names end so, the deepest first, otherwise by name backwards. */
  private static List<Path> all(Path folder, String suffix) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths
          .filter(path -> path.toString().endsWith(suffix))
          .sorted(Comparator.reverseOrder())
          .toList();
    }
  }

  /** The parquet files anywhere below a folder whose own folder has the name, in order. */
  static List<Path> parquet(Path folder, String parent) throws IOException {
    return all(folder, ".parquet").stream()
        .filter(path -> path.getParent().getFileName().toString().equals(parent))
        .sorted()
        .toList();
  }
}
