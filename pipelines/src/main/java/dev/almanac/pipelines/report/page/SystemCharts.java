package dev.almanac.pipelines.report.page;

import dev.almanac.training.machine.GpuLoad;
import dev.almanac.training.run.SystemRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** What the machine did while the run trained: three small charts over time. */
record SystemCharts(List<SystemRecord> lines) {
  private static final double GIGA = 1e9;

  /** Fewer say nothing of a course. */
  private static final int LEAST = 3;

  /** Whether there is enough to be drawn. */
  boolean areThere() {
    return lines.size() >= LEAST;
  }

  void write(Page page) {
    chart(
        page,
        "system-busy",
        "Busy",
        "Shares of the time, in percent.",
        series("processors", "train", line -> percent(line.load().machine())),
        series("waiting for rows", "rate", line -> percent(line.waitShare())),
        series("GPU", "validation", line -> mean(line.gpus())));
    chart(
        page,
        "system-memory",
        "Memory",
        "In use, in GB.",
        series("process", "train", line -> giga(line.load().residentBytes())),
        series("Java's heap", "rate", line -> giga(line.load().heapBytes())),
        series("GPU", "validation", line -> sum(line.gpus())));
    chart(
        page,
        "system-rows",
        "Rows a second",
        "Trained on; none while it validates.",
        series("rows/s", "train", SystemRecord::rowsPerSecond));
  }

  @SafeVarargs
  private void chart(
      Page page, String id, String title, String lead, Map<String, Object>... series) {
    List<Map<String, Object>> seen = new ArrayList<>();
    for (Map<String, Object> one : series) {
      if (((List<?>) one.get("values")).stream().anyMatch(Objects::nonNull)) {
        seen.add(one);
      }
    }
    if (seen.isEmpty()) {
      return;
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("seconds", lines.stream().map(line -> Digits.drawn(line.seconds())).toList());
    data.put("series", seen);
    page.chart(id, "timeline", Page.Width.THIRD, title, lead, data, new Table());
  }

  private Map<String, Object> series(
      String name, String color, Function<SystemRecord, Double> value) {
    List<Object> values = new ArrayList<>();
    for (SystemRecord line : lines) {
      Double at = value.apply(line);
      values.add(at == null ? null : Digits.drawn(at));
    }
    Map<String, Object> series = new LinkedHashMap<>();
    series.put("name", name);
    series.put("color", color);
    series.put("values", values);
    return series;
  }

  private static Double percent(Double share) {
    return share == null ? null : 100 * share;
  }

  private static Double giga(Long bytes) {
    return bytes == null ? null : bytes / GIGA;
  }

  private static Double mean(List<GpuLoad> gpus) {
    return gpus.isEmpty()
        ? null
        : 100 * gpus.stream().mapToDouble(GpuLoad::busy).average().orElseThrow();
  }

  private static Double sum(List<GpuLoad> gpus) {
    return gpus.isEmpty() ? null : gpus.stream().mapToLong(GpuLoad::memoryBytes).sum() / GIGA;
  }
}
