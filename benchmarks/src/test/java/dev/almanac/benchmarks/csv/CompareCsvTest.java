package dev.almanac.benchmarks.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CompareCsvTest {
  @Test
  void bothReadersFindTheSameValues() throws IOException {
    Path sample =
        Path.of(System.getProperty("almanac.project.root")).resolve("testdata/ghcn-sample");
    List<Path> files;
    try (Stream<Path> paths = Files.list(sample)) {
      files = paths.filter(path -> path.toString().endsWith(".csv")).toList();
    }
    assertTrue(files.size() >= 3);
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      long values = CompareCsv.almanac(bytes);
      assertEquals(FastCsvColumns.values(bytes), values, file.toString());
      assertTrue(values > 10_000 && values < FastCsvColumns.cells(bytes));
    }
  }
}
