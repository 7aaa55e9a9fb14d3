package dev.almanac.benchmarks.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.benchmarks.duckdb.DuckDbPrepare;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputTotalsTest {
  private static final Path SAMPLE =
      Path.of(System.getProperty("almanac.project.root"), "testdata", "ghcn-sample");

  @TempDir Path folder;

  @Test
  void rowsInAnotherOrderAreToldWhereTheOrderMatters() throws Exception {
    OutputTotals source = prepared("*.csv*", "source");
    OutputTotals shuffled = prepared("*.csv*", "shuffled");
    assertEquals(List.of(), source.differences(source, true));
    assertEquals(List.of(), shuffled.differences(source, false));
    assertEquals(List.of("train: rows in another order"), shuffled.differences(source, true));
  }

  @Test
  void rowsThatAreMissingAreTold() throws Exception {
    List<String> differences =
        prepared("*.csv", "source").differences(prepared("*.csv*", "source"), true);
    assertTrue(differences.get(0).matches("train: \\d+ rows, not \\d+"), differences::toString);
  }

  private OutputTotals prepared(String glob, String order) throws Exception {
    Path output = Files.createTempDirectory(folder, order);
    DuckDbPrepare.main(
        new String[] {SAMPLE.resolve(glob).toString(), output.toString(), order, "2"});
    return OutputTotals.of(new DuckDb(folder), output);
  }
}
