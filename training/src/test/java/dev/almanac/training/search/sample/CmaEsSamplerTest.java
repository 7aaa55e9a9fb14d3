package dev.almanac.training.search.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import dev.almanac.training.search.space.SearchException;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.trial.Draw;
import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Trial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CmaEsSamplerTest extends SamplerContract {
  private static final SearchSpace NUMBERS =
      space(
          """
          {"train.optimizer.learning-rate": {"log-uniform": [1e-4, 1e-2]}, "train.batch-size": {"int": [256, 4096]},
           "width": {"power-of-two": [16, 512]}, "part": {"float": [0.1, 0.9], "every": 0.2}, "fixed": {"constant": 7}}
          """);

  @Override
  Sampler sampler() {
    return new CmaEsSampler(Goal.MINIMIZE);
  }

  @Override
  SearchSpace space() {
    return NUMBERS;
  }

  @Override
  SearchSpace ruled() {
    return space(
        """
        {"rules": ["batch * accumulate <= 1024"], "batch": {"power-of-two": [64, 1024]}, "accumulate": {"int": [1, 16]}}
        """);
  }

  @Override
  @Test
  void aConditionalParameterExistsExactlyWhenItsConditionHolds() {
    SearchException e = assertThrows(SearchException.class, () -> sampler().trials(SPACE));
    assertEquals(
        "Cannot search 'train.model.family' by cma-es: it searches numbers that every trial has; tpe searches all others, too",
        e.getMessage());
  }

  @Test
  void everyValueLiesInItsDomainWhateverWasSeen() {
    List<Trial> past = past(NUMBERS, 150, values -> -values.get("train.batch-size").doubleValue());
    for (Trial trial : past) {
      assertEquals(5, trial.assignment().size());
      NUMBERS
          .parameters()
          .forEach(
              each ->
                  assertTrue(
                      each.domain().contains(trial.assignment().get(each.path())),
                      () -> each + " " + trial.assignment()));
    }
    // The optimum is a corner: it is reached, not overrun.
    assertEquals(
        4096,
        past.stream()
            .mapToInt(trial -> trial.assignment().get("train.batch-size").intValue())
            .max()
            .orElseThrow());
  }

  /** A valley that lies askew, ten times as long as wide: what covariance is learned for. */
  @ParameterizedTest
  @ValueSource(strings = {"minimize", "maximize"})
  void itFindsTheGroundOfAValleyThatLiesAskew(String goal) {
    SearchSpace space =
        space(
            "{\"x\": {\"float\": [-5, 5]}, \"y\": {\"float\": [-5, 5]}, \"z\": {\"float\": [-5, 5]}}");
    int sign = goal.equals("minimize") ? 1 : -1;
    Sampler sampler = new CmaEsSampler(Goal.of(goal));
    for (long seed = 0; seed < 5; seed++) {
      List<Trial> past = new ArrayList<>();
      double best = Double.POSITIVE_INFINITY;
      for (int number = 0; number < 400; number++) {
        Map<String, JsonNode> values = sampler.suggest(space, seed, number, past).orElseThrow();
        double x = values.get("x").doubleValue() - 2;
        double y = values.get("y").doubleValue() + 1;
        double z = values.get("z").doubleValue() - 1;
        double value = 100 * (x + y) * (x + y) + (x - y) * (x - y) + z * z;
        best = Math.min(best, value);
        past.add(finished(number, values, sign * value));
      }
      assertTrue(best < 1e-4, "best " + best + " of seed " + seed);
    }
  }

  /**
   * The law behind it: how far and in which direction it goes does not hang on the scale of values.
   */
  @Test
  void onlyTheOrderOfValuesMatters() {
    List<Trial> past = past(NUMBERS, 60, values -> values.get("part").doubleValue());
    List<Trial> stretched = new ArrayList<>();
    past.forEach(
        trial ->
            stretched.add(
                finished(trial.number(), trial.assignment(), Math.exp(30 * trial.value()))));
    assertEquals(
        sampler().suggest(NUMBERS, 5, 60, past), sampler().suggest(NUMBERS, 5, 60, stretched));
  }

  /** Draws of the distribution itself, in any order, leave its size about as it is. */
  @Test
  void withoutAnyGradientItsSizeStaysWhatItIs() {
    double sum = 0;
    for (int run = 0; run < 40; run++) {
      double[] middle = {0.5, 0.5, 0.5};
      CmaEs state = new CmaEs(middle, CmaEs.population(3));
      double before = state.spread();
      Draw random = Draw.of(run, 0, "draws");
      for (int generation = 0; generation < 10; generation++) {
        double[][] points = new double[state.population()][];
        for (int i = 0; i < points.length; i++) {
          points[i] = state.draw(random, new double[3]);
        }
        Arrays.sort(points, Comparator.comparingDouble(point -> Draw.place(7, 0, point[0] + "")));
        state.learn(points);
      }
      sum += Math.log(state.spread() / before);
    }
    assertEquals(0, sum / 40, 0.35);
  }

  @Test
  void itStartsAtTheBestThatWasGiven() {
    SearchSpace space = space("{\"x\": {\"float\": [0, 1]}, \"y\": {\"float\": [0, 1]}}");
    Map<String, JsonNode> given =
        new Points(space, 0)
            .complete(
                Map.of(
                    "x", DoubleNode.valueOf(0.9),
                    "y", DoubleNode.valueOf(0.1)),
                0);
    List<Trial> past =
        List.of(Trial.running(0, "given", given).trained(Trial.State.FINISHED, 1.0, List.of(), 1));
    double x = 0;
    for (int number = 0; number < 100; number++) {
      x += sampler().suggest(space, 1, number, past).orElseThrow().get("x").doubleValue() / 100;
    }
    assertTrue(x > 0.65, "mean " + x);
  }

  @Test
  void whatWaitsAtARungTeachesWhatItWouldHadItBeenPruned() {
    SearchSpace space = space("{\"x\": {\"float\": [0, 1]}, \"y\": {\"float\": [0, 1]}}");
    List<Trial> pruned = new ArrayList<>();
    List<Trial> paused = new ArrayList<>();
    for (int number = 0; number < 40; number++) {
      Map<String, JsonNode> values = sampler().suggest(space, 5, number, pruned).orElseThrow();
      Trial at =
          Trial.running(number, "cma-es", values)
              .trained(Trial.State.PAUSED, values.get("x").doubleValue(), List.of(), 1);
      pruned.add(at.pruned("too late"));
      paused.add(at);
    }
    assertEquals(sampler().suggest(space, 5, 40, pruned), sampler().suggest(space, 5, 40, paused));
    assertNotEquals(
        sampler().suggest(space, 5, 40, List.of()), sampler().suggest(space, 5, 40, paused));
  }

  private static List<Trial> past(
      SearchSpace space, int trials, ToDoubleFunction<Map<String, JsonNode>> of) {
    List<Trial> past = new ArrayList<>();
    for (int number = 0; number < trials; number++) {
      Map<String, JsonNode> values =
          new CmaEsSampler(Goal.MINIMIZE).suggest(space, 5, number, past).orElseThrow();
      past.add(finished(number, values, of.applyAsDouble(values)));
    }
    return past;
  }

  private static Trial finished(int number, Map<String, JsonNode> values, double value) {
    return Trial.running(number, "cma-es", values)
        .trained(Trial.State.FINISHED, value, List.of(), 1);
  }
}
