package dev.almanac.benchmarks.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.benchmarks.measure.Measurement;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final OutputTotals WROTE = new OutputTotals(List.of(), 250_000_000);

  @Test
  void aFailureIsARowThatSaysWhy() {
    Outcome failed = new Outcome(task(1), "spark-sql");
    failed.fail("exit status 1: out of memory");
    String table = ComparisonReport.of(task(1), List.of(outcome(1, "duckdb", 8, 9e8), failed));
    assertTrue(table.contains("| spark-sql | failed: exit status 1: out of memory |"), () -> table);
  }

  @Test
  void speedIsOfTheUncompressedSourceAndBesideDuckDbs() {
    String table =
        ComparisonReport.of(
            task(1), List.of(outcome(1, "duckdb", 8, 9e8), outcome(1, "almanac-spark", 10, 7e8)));
    assertTrue(
        table.contains(
            "| almanac-spark | 10.00 | 20.00 | 100 | 700 | 0.80 | 0.80 | 250 | agrees |"),
        () -> table);
  }

  @Test
  void growthIsFromTheSmallestSizeToTheGreatest() {
    String table =
        new ComparisonReport(List.of(outcome(1, "duckdb", 8, 9e8), outcome(4, "duckdb", 40, 36e8)))
            .growth();
    assertEquals(
        "| duckdb, plain, source | 1 to 4 GB, x 4.00 | x 5.00 | x 5.00 | x 0.80 | x 4.00 |",
        table.lines().skip(2).findFirst().orElseThrow());
  }

  @Test
  void eachAimIsMetOrMissed() {
    String table =
        new Aims(
                List.of(
                    outcome(1, "duckdb", 8, 9e8),
                    outcome(1, "almanac-spark", 10, 7e8),
                    outcome(4, "duckdb", 40, 36e8),
                    outcome(4, "almanac-spark", 25, 7e8)))
            .table();
    assertEquals(
        List.of(
            "| plain, 1 GB: almanac-spark to duckdb | at least 1.0 times as fast | 0.80 | **missed** |",
            "| plain, 4 GB: almanac-spark to duckdb | at least 1.3 times as fast | 1.60 | met |",
            "| plain, peak memory of almanac-spark, 1 to 4 GB | at most x 1.10, below 1.5 GB | x 1.00, 0.70 GB | met |"),
        table.lines().skip(2).toList());
  }

  private static Outcome outcome(int gigabytes, String contestant, double wall, double peak) {
    Outcome outcome = new Outcome(task(gigabytes), contestant);
    outcome.add(new Measurement(0, wall, 2 * wall, (long) peak, ""));
    outcome.wrote(WROTE, List.of());
    return outcome;
  }

  private static Task task(int gigabytes) {
    return new Task(
        new SourceData(
            BigDecimal.valueOf(gigabytes),
            Input.PLAIN,
            Path.of("data"),
            400,
            1_000_000_000L * gigabytes),
        Order.SOURCE,
        2);
  }
}
