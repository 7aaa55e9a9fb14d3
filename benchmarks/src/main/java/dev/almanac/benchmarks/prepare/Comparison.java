package dev.almanac.benchmarks.prepare;

import dev.almanac.benchmarks.measure.MeasuredProcess;
import dev.almanac.benchmarks.measure.Measurement;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs contestants in turn, round by round, so that what else the machine does meets all of them;
 * what each wrote in the first round is compared with the first contestant's.
 */
final class Comparison {
  private final List<Contestant> contestants;
  private final int rounds;
  private final Path output;
  private final MeasuredProcess processes;

  /**
   * @param output emptied before each run
   */
  Comparison(List<Contestant> contestants, int rounds, Path output, MeasuredProcess processes) {
    this.contestants = List.copyOf(contestants);
    this.rounds = rounds;
    this.output = output;
    this.processes = processes;
  }

  /** One outcome a contestant, failures included. */
  List<Outcome> run(Task task) throws IOException, InterruptedException {
    Map<Contestant, Outcome> outcomes = new LinkedHashMap<>();
    for (Contestant contestant : contestants) {
      Outcome outcome = new Outcome(task, contestant.name());
      outcomes.put(contestant, outcome);
      try {
        contestant.ready(task);
      } catch (IOException e) {
        outcome.fail(e.getMessage());
      }
    }
    Floor.read(task.data().paths(), task.threads());
    OutputTotals expected = null;
    for (int round = 0; round < rounds; round++) {
      for (Contestant contestant : contestants) {
        Outcome outcome = outcomes.get(contestant);
        if (outcome.failure() == null) {
          run(task, contestant, outcome);
          if (outcome.failure() == null && outcome.totals() == null) {
            check(task, contestant, outcome, expected);
            expected = expected == null ? outcome.totals() : expected;
          }
        }
      }
    }
    Trees.delete(output);
    return new ArrayList<>(outcomes.values());
  }

  private void run(Task task, Contestant contestant, Outcome outcome)
      throws IOException, InterruptedException {
    Trees.empty(output);
    // What the last one wrote shall not be written back on this one's time.
    new ProcessBuilder("sync").start().waitFor();
    Measurement run = processes.run(contestant.command(task, output), contestant.environment(task));
    System.err.printf(
        "%s: %s: %.2f s, %.2f CPU s, %d MB%n",
        task.label(),
        contestant.name(),
        run.wallSeconds(),
        run.cpuSeconds(),
        run.peakBytes() / 1_000_000);
    if (run.exit() == 0) {
      outcome.add(run);
    } else {
      outcome.fail("exit status %d: %s".formatted(run.exit(), run.lastLines()));
    }
  }

  private void check(Task task, Contestant contestant, Outcome outcome, OutputTotals expected)
      throws IOException {
    try {
      OutputTotals totals = OutputTotals.of(contestant, output);
      outcome.wrote(
          totals,
          expected == null
              ? List.of()
              : totals.differences(expected, task.order() == Order.SOURCE));
    } catch (SQLException | IOException e) {
      outcome.fail("Cannot read what it wrote: " + e.getMessage());
    }
  }
}
