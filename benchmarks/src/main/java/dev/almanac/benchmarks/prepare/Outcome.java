package dev.almanac.benchmarks.prepare;

import dev.almanac.benchmarks.figures.Spread;
import dev.almanac.benchmarks.measure.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** All runs of one contestant at one task. Not thread-safe. */
final class Outcome {
  private final Task task;
  private final String contestant;
  private final List<Measurement> runs = new ArrayList<>();
  private OutputTotals totals;
  private List<String> differences = List.of();
  private String failure;

  Outcome(Task task, String contestant) {
    this.task = task;
    this.contestant = contestant;
  }

  void add(Measurement run) {
    runs.add(run);
  }

  /** Says why there are no further runs. */
  void fail(String why) {
    failure = why;
  }

  void wrote(OutputTotals found, List<String> differing) {
    totals = found;
    differences = List.copyOf(differing);
  }

  Task task() {
    return task;
  }

  String contestant() {
    return contestant;
  }

  List<Measurement> runs() {
    return List.copyOf(runs);
  }

  /** Null unless its output was read. */
  OutputTotals totals() {
    return totals;
  }

  /** From what the first contestant of the task wrote. */
  List<String> differences() {
    return differences;
  }

  /** Why it failed; null when it did not. */
  String failure() {
    return failure;
  }

  boolean measured() {
    return failure == null && !runs.isEmpty();
  }

  Spread wall() {
    return Spread.of(figures(Measurement::wallSeconds));
  }

  Spread cpu() {
    return Spread.of(figures(Measurement::cpuSeconds));
  }

  Spread peak() {
    return Spread.of(figures(Measurement::peakBytes));
  }

  /** Megabytes of 10^6 bytes of uncompressed source a second, by the median. */
  double megabytesASecond() {
    return task.data().bytes() / 1e6 / wall().median();
  }

  /** How many times as long the other took, run by run. */
  Spread timesAsFastAs(Outcome other) {
    return Spread.ofRatios(
        other.figures(Measurement::wallSeconds), figures(Measurement::wallSeconds));
  }

  /** How many times as many CPU seconds the other took, run by run. */
  Spread timesAsThriftyAs(Outcome other) {
    return Spread.ofRatios(
        other.figures(Measurement::cpuSeconds), figures(Measurement::cpuSeconds));
  }

  private List<Double> figures(ToDoubleFunction<Measurement> figure) {
    return runs.stream().map(figure::applyAsDouble).toList();
  }
}
