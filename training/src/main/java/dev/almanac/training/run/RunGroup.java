package dev.almanac.training.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Finished runs that differ only in their seeds; or a single run.
 *
 * @param runs at least one, in the order of their seeds
 */
public record RunGroup(List<Run> runs) {
  public RunGroup {
    runs = List.copyOf(runs);
  }

  /** A run alone, whichever group it is of. */
  public static RunGroup alone(Run run) {
    return new RunGroup(List.of(run));
  }

  /** A run with those of its group that have finished, out of the folder that it lies in. */
  public static RunGroup of(Run run) throws IOException {
    if (run.record().group() == null) {
      return alone(run);
    }
    List<Run> runs = new ArrayList<>();
    for (Run other : RunStore.around(run).ofGroup(run.record().group().id())) {
      if (other.record().status() == RunStatus.FINISHED) {
        runs.add(other);
      }
    }
    runs.sort(Comparator.comparingInt(other -> other.record().group().number()));
    return runs.isEmpty() ? alone(run) : new RunGroup(runs);
  }

  /**
   * The run to use: that of the lowest validation loss, which no test row has a say in; the first
   * of equals, and without validation rows the first of all.
   */
  public Run best() {
    return runs.stream().min(Comparator.comparingDouble(RunGroup::validationLoss)).orElseThrow();
  }

  private static double validationLoss(Run run) {
    RunOutcome.Result result = run.record().result();
    return result == null || result.validationLoss() == null
        ? Double.POSITIVE_INFINITY
        : result.validationLoss();
  }

  /** Each metric that all runs have, as {@code metrics.<split>.<name>}. */
  public Map<String, Spread> metrics() {
    Map<String, Spread> spreads = new LinkedHashMap<>();
    runs.get(0)
        .record()
        .metrics()
        .forEach(
            (split, metrics) ->
                metrics
                    .keySet()
                    .forEach(
                        name -> {
                          List<Double> values = values(split, name);
                          if (values.size() == runs.size()) {
                            spreads.put("metrics.%s.%s".formatted(split, name), Spread.of(values));
                          }
                        }));
    return spreads;
  }

  private List<Double> values(String split, String name) {
    return runs.stream()
        .map(run -> run.record().metrics().getOrDefault(split, Map.of()).get(name))
        .filter(Objects::nonNull)
        .toList();
  }
}
