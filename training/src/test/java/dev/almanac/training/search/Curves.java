package dev.almanac.training.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.trial.Draw;
import dev.almanac.training.search.trial.Report;
import dev.almanac.training.search.trial.Resource;
import dev.almanac.training.search.trial.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Trainings that are formulas: curves that cross, noise, ties, values that are not finite and
 * trainings that end or fail early, each following from the trial's values alone. How long one
 * takes is random.
 */
final class Curves implements Objective {
  /** Epochs that were asked of each trial, in order. */
  final Map<Integer, List<Integer>> asked = new ConcurrentHashMap<>();

  private final int epochs;
  private final double sign;
  private final int micros;
  private final Resource resource;

  /**
   * @param micros the longest that a segment takes
   */
  Curves(int epochs, boolean maximizes, int micros) {
    this(epochs, maximizes, micros, Resource.EPOCHS);
  }

  /**
   * @param resource that the trainings are counted in
   */
  Curves(int epochs, boolean maximizes, int micros, Resource resource) {
    this.resource = resource;
    this.epochs = epochs;
    this.sign = maximizes ? -1 : 1;
    this.micros = micros;
  }

  @Override
  public Outcome evaluate(Trial trial, int untilEpoch) throws Exception {
    asked.computeIfAbsent(trial.number(), number -> new ArrayList<>()).add(untilEpoch);
    if (micros > 0) {
      Thread.sleep(0, 1_000 * ThreadLocalRandom.current().nextInt(1, Math.min(micros, 900)));
    }
    int key = trial.assignment().hashCode();
    double chance = Draw.place(1, key, "chance");
    int last = chance < 0.1 ? Math.min(epochs, 1 + key % 5 * (key % 5)) : epochs;
    int until = Math.min(untilEpoch, last);
    List<Report> reports = new ArrayList<>();
    double best = Double.POSITIVE_INFINITY;
    for (int epoch = 1; epoch <= until; epoch++) {
      if (chance > 0.95 && epoch > 4) {
        throw new IllegalStateException("Cannot go on training: the loss is NaN");
      }
      best = Math.min(best, loss(trial.assignment(), key, epoch));
      double value = chance > 0.9 && epoch > 2 ? Double.NaN : sign * best;
      reports.add(Report.of(resource, epoch, value));
    }
    boolean ended = until == last;
    return new Outcome(reports, ended, ended ? sign * best : null, trial.runId());
  }

  private double loss(Map<String, JsonNode> at, int key, int epoch) {
    double x = at.get("x").doubleValue();
    double rate = at.get("y").doubleValue();
    double noise = 0.05 * Draw.place(2, key, "epoch " + epoch);
    // What falls fast ends high; of a third all values are ties.
    double loss = x * x + 1 / (1 + rate * epoch / 4) + 0.1 * rate + noise;
    return key % 3 == 0 ? Math.ceil(loss * 4) / 4 : loss;
  }
}
