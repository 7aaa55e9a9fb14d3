package dev.almanac.benchmarks.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.split.Split;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a small table; the engine that makes arrays is not started. */
class ReadersAgreeTest {
  @TempDir Path folder;

  @Test
  void theReadersOfTheJvmSeeTheSameRows() throws Exception {
    Dataset dataset = Table.in(folder, 2, 2, 3_000);
    List<Path> files =
        dataset.manifest().files(Split.TRAIN).stream()
            .map(file -> Path.of(dataset.path(file)))
            .toList();
    Pass.Sums expected = ParquetJavaPasses.records(files).run(true);
    assertEquals(12_000, expected.rows());
    for (Pass pass :
        List.of(
            ParquetJavaPasses.columns(files),
            AlmanacPasses.cells(dataset),
            AlmanacPasses.columns(dataset))) {
      Pass.Sums sums = pass.run(true);
      assertEquals(expected.rows(), sums.rows());
      assertEquals(expected.labels(), sums.labels(), 1e-9 * expected.labels());
    }
  }
}
