package dev.almanac.training.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.training.machine.GpuLoad;
import dev.almanac.training.machine.Load;
import dev.almanac.transforms.json.JsonLines;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A long training's lines stay few, in order, and mean the same. */
class SystemSeriesTest {
  private static SystemRecord line(double seconds, double cores, Double rate) {
    return new SystemRecord(
        seconds,
        rate,
        null,
        new Load(cores, 0.5, 100, null, 200L),
        List.of(new GpuLoad(cores / 2, 10)));
  }

  @Test
  void aTrainingOfDaysKeepsFewLinesWithTheSameMean() {
    SystemSeries series = new SystemSeries(List.of());
    double second = 0;
    int looks = 0;
    while (second < 5 * 86_400) {
      second += series.apart();
      series.add(line(second, looks++ % 2, 1000.0));
      assertTrue(series.lines().size() <= SystemSeries.MOST);
    }
    assertTrue(series.lines().size() >= SystemSeries.MOST / 2 - 1);
    assertTrue(looks < 4_000, "it looks ever more rarely: " + looks);
    assertEquals(second, series.seconds());
    List<Double> seconds = series.lines().stream().map(SystemRecord::seconds).toList();
    assertEquals(seconds.stream().sorted().toList(), seconds);
    SystemSummary summary = SystemSummary.of(series.lines());
    assertEquals(0.5, summary.cores(), 0.1);
    assertEquals(0.25, summary.gpu(), 0.05);
    assertNull(summary.residentBytes());
    assertNull(summary.waitShare());
  }

  @Test
  void whatIsReadBackGoesOn() throws Exception {
    SystemSeries series = new SystemSeries(List.of());
    for (int second = 1; second <= 1000; second++) {
      series.add(line(second, 1, second % 3 == 0 ? null : 5.0));
    }
    List<SystemRecord> read =
        JsonLines.of(series.text(), SystemRecord.class, "system.jsonl").values();
    assertEquals(series.lines(), read);
    SystemSeries again = new SystemSeries(read);
    assertEquals(1000, again.seconds());
    assertTrue(again.apart() >= 2, "no closer than what is there: " + again.apart());
  }

  @Test
  void aSummaryOfNothingHasNothing() {
    assertEquals(
        new SystemSummary(null, null, null, null, null, null, null), SystemSummary.of(List.of()));
  }
}
