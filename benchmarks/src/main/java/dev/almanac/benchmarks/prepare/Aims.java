package dev.almanac.benchmarks.prepare;

import dev.almanac.benchmarks.figures.MarkdownTable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** What the project wants of {@code prepare} in source order, beside what was measured. */
final class Aims {
  private static final BigDecimal SMALL = BigDecimal.ONE;
  private static final BigDecimal LARGE = BigDecimal.valueOf(4);
  private static final String OURS = "almanac-spark";

  /** Bytes: 1.5 GB. */
  private static final double MOST_MEMORY = 1.5e9;

  private final List<Outcome> outcomes;

  Aims(List<Outcome> outcomes) {
    this.outcomes = List.copyOf(outcomes);
  }

  /** A table of those aims for which there are figures; empty without any. */
  String table() {
    MarkdownTable table = new MarkdownTable("aim, source order", "wanted", "measured", "");
    for (Input input : Input.values()) {
      faster(table, input, SMALL, ComparisonReport.PEER, 1);
      faster(table, input, LARGE, ComparisonReport.PEER, 1.3);
      faster(table, input, SMALL, "spark-sql", 8);
      faster(table, input, LARGE, "spark-sql", 8);
      for (BigDecimal size : List.of(SMALL, LARGE)) {
        near(table, input, size, "almanac-flink");
        near(table, input, size, "almanac-direct");
      }
      for (String engine : List.of(OURS, "almanac-flink", "almanac-direct")) {
        memory(table, input, engine);
      }
    }
    return table.isEmpty() ? "" : table.toString();
  }

  private void faster(
      MarkdownTable table, Input input, BigDecimal size, String peer, double wanted) {
    Optional<Outcome> ours = find(input, size, OURS);
    Optional<Outcome> theirs = find(input, size, peer);
    if (ours.isPresent() && theirs.isPresent()) {
      double times = ours.get().timesAsFastAs(theirs.get()).median();
      table.row(
          "%s, %s GB: %s to %s".formatted(input.text(), size, OURS, peer),
          "at least %.1f times as fast".formatted(wanted),
          "%.2f".formatted(times),
          verdict(times >= wanted));
    }
  }

  private void near(MarkdownTable table, Input input, BigDecimal size, String engine) {
    Optional<Outcome> spark = find(input, size, OURS);
    Optional<Outcome> other = find(input, size, engine);
    if (spark.isPresent() && other.isPresent()) {
      double times = spark.get().timesAsFastAs(other.get()).median();
      table.row(
          "%s, %s GB: %s to %s".formatted(input.text(), size, engine, OURS),
          "at most 1.3 times as long",
          "%.2f".formatted(times),
          verdict(times <= 1.3));
    }
  }

  private void memory(MarkdownTable table, Input input, String engine) {
    Optional<Outcome> small = find(input, SMALL, engine);
    Optional<Outcome> large = find(input, LARGE, engine);
    if (small.isPresent() && large.isPresent() && small.get().peak().greatest() > 0) {
      double peak = large.get().peak().greatest();
      double growth = peak / small.get().peak().greatest();
      table.row(
          "%s, peak memory of %s, 1 to 4 GB".formatted(input.text(), engine),
          "at most x 1.10, below 1.5 GB",
          "x %.2f, %.2f GB".formatted(growth, peak / 1e9),
          verdict(growth <= 1.1 && peak < MOST_MEMORY));
    }
  }

  private static String verdict(boolean met) {
    return met ? "met" : "**missed**";
  }

  private Optional<Outcome> find(Input input, BigDecimal size, String contestant) {
    return outcomes.stream()
        .filter(
            o ->
                o.measured()
                    && o.contestant().equals(contestant)
                    && o.task().order() == Order.SOURCE
                    && o.task().data().input() == input
                    && o.task().data().gigabytes().compareTo(size) == 0)
        .findFirst();
  }
}
