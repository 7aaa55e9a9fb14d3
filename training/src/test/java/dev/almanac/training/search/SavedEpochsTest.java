package dev.almanac.training.search;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.sample.SamplerContract;
import dev.almanac.training.search.trial.Draw;
import dev.almanac.training.search.trial.Epochs;
import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Report;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What learning from trials and ending them early save, over simulated trainings. */
@Timeout(180)
class SavedEpochsTest {
  private static final String SPACE =
      """
      {"rate": {"log-uniform": [1.0e-5, 1.0e-1]}, "decay": {"log-uniform": [1.0e-6, 1.0e-1]},
       "layers": {"int": [1, 8]}, "width": {"int": [64, 512]}, "dropout": {"float": [0.0, 0.5]},
       "activation": {"choice": ["relu", "gelu", "silu", "tanh"]}}
      """;

  private static final int EPOCHS = 27;
  private static final int TRIALS = 60;
  private static final int SEEDS = 10;

  @TempDir Path folder;

  @Test
  void tpeWithAshaIsAsGoodAsRandomSearchForAThirdOfTheEpochs() throws Exception {
    List<String> found = new ArrayList<>();
    int reached = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      // With a seed of its own: neither starts with what the other draws.
      double random = best("random", "{\"name\": \"none\"}", 7000 + seed, Budget.ofTrials(TRIALS));
      long third = TRIALS * EPOCHS / 3;
      double tpe =
          best(
              "tpe",
              "{\"name\": \"asha\", \"min\": 1, \"eta\": 3, \"form\": \"promote\"}",
              seed,
              new Budget(null, third, null, null, null));
      reached += tpe <= random ? 1 : 0;
      found.add("%s to %s".formatted(tpe, random));
    }
    assertTrue(reached >= 8, reached + " of " + SEEDS + ": " + found);
  }

  private double best(String sampler, String pruner, int seed, Budget budget) throws Exception {
    StudyConfig question =
        new StudyConfig(
            "saved",
            sampler,
            seed,
            "validation.mae",
            Goal.MINIMIZE,
            Json.tree(SPACE, "space"),
            "base",
            new Course(
                Order.DETERMINISTIC,
                8,
                Json.tree(pruner, "pruner"),
                new Epochs("train.epochs", EPOCHS)));
    Path at = folder.resolve(sampler + seed);
    try (Study study = Study.open(at.toString(), question, SamplerContract.space(SPACE), false)) {
      study.run(SavedEpochsTest::train, new Effort(budget, 2, List.of()), StudyListener.NONE);
      return study.best().orElseThrow().value();
    }
  }

  /** A loss that falls to what the values allow, the faster the higher the rate, with noise. */
  private static Objective.Outcome train(Trial trial, int until) throws IOException {
    int last = Math.min(until, EPOCHS);
    Map<String, JsonNode> at = trial.assignment();
    double rate = Math.log10(at.get("rate").doubleValue());
    double end = end(at, rate);
    double speed = 0.15 + 0.1 * (rate + 5);
    List<Report> reports = new ArrayList<>();
    double best = Double.POSITIVE_INFINITY;
    for (int epoch = 1; epoch <= last; epoch++) {
      double noise = 0.01 * (Draw.place(3, at.hashCode(), "epoch " + epoch) - 0.5);
      best = Math.min(best, end + 2 * Math.exp(-speed * epoch) + noise);
      reports.add(new Report(epoch, best));
    }
    boolean ended = last == EPOCHS;
    return new Objective.Outcome(reports, ended, ended ? best : null, null);
  }

  private static double end(Map<String, JsonNode> at, double rate) {
    double decay = Math.log10(at.get("decay").doubleValue());
    double layers = at.get("layers").doubleValue();
    double width = at.get("width").doubleValue() / 512;
    double dropout = at.get("dropout").doubleValue();
    double activation =
        switch (at.get("activation").textValue()) {
          case "gelu" -> 0;
          case "silu" -> 0.02;
          case "relu" -> 0.05;
          default -> 0.2;
        };
    // Deep ones want lower rates.
    double ideal = -2.2 - 0.12 * layers;
    return 0.25 * Math.pow(rate - ideal, 2)
        + 0.03 * Math.pow(decay + 4, 2)
        + 0.01 * Math.pow(layers - 3, 2)
        + 0.2 * Math.pow(width - 0.7, 2)
        + Math.pow(dropout - 0.15, 2)
        + activation;
  }
}
