package dev.almanac.training.search.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Report;
import dev.almanac.training.search.trial.Trial;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TpeSamplerTest extends SamplerContract {
  private static final SearchSpace EVERYTHING =
      space(
          """
          {"family": {"choice": ["mlp", "linear"], "under": {
             "mlp": {"layers": {"int": [1, 4], "under": {"3": {"skip": {"boolean": [false, true]}}}},
                     "width": {"power-of-two": [16, 512]}},
             "linear": {"width": {"log-int": [1, 100]}}}},
           "rate": {"log-uniform": [1e-4, 1e-1]}, "decay": {"log-uniform": [1e-6, 1e-2], "or-zero": true},
           "size": {"ordinal": ["s", "m", "l"]}, "part": {"float": [0.1, 0.9], "every": 0.2},
           "fixed": {"constant": 7}}
          """);

  @Override
  Sampler sampler() {
    return new TpeSampler(Goal.MINIMIZE);
  }

  private static double value(Map<String, JsonNode> values) {
    double rate = Math.log10(values.get("rate").doubleValue()) + 2.2;
    return rate * rate
        + (values.get("family").textValue().equals("mlp") ? 0 : 1)
        + (values.get("decay").doubleValue() == 0 ? 0 : 0.5);
  }

  private static List<Trial> past(
      Sampler sampler, int trials, ToDoubleFunction<Map<String, JsonNode>> of) {
    List<Trial> past = new ArrayList<>();
    for (int number = 0; number < trials; number++) {
      Map<String, JsonNode> values = sampler.suggest(EVERYTHING, 5, number, past).orElseThrow();
      past.add(finished(number, values, of.applyAsDouble(values)));
    }
    return past;
  }

  private static Trial finished(int number, Map<String, JsonNode> values, double value) {
    return Trial.running(number, "tpe", values).trained(Trial.State.FINISHED, value, List.of(), 1);
  }

  @Test
  void withAHistoryItIsPureAndEachTrialIsAnother() {
    List<Trial> past = past(sampler(), 40, TpeSamplerTest::value);
    Set<Map<String, JsonNode>> all = new HashSet<>();
    for (int number = 40; number < 80; number++) {
      Map<String, JsonNode> values = sampler().suggest(EVERYTHING, 5, number, past).orElseThrow();
      assertEquals(values, sampler().suggest(EVERYTHING, 5, number, past).orElseThrow());
      assertNotEquals(values, sampler().suggest(EVERYTHING, 6, number, past).orElseThrow());
      all.add(values);
    }
    assertEquals(40, all.size());
  }

  @Test
  void itStartsWithWhatFillsTheSpaceEvenly() {
    List<Trial> past = past(sampler(), 10, TpeSamplerTest::value);
    for (int number = 0; number < 10; number++) {
      assertEquals(
          new SobolSampler().suggest(EVERYTHING, 5, number, List.of()).orElseThrow(),
          past.get(number).assignment());
    }
  }

  @Test
  void itStartsByChanceWithMoreParametersThanThereAreCoordinates() {
    StringBuilder wide = new StringBuilder("{");
    for (int i = 0; i <= Sobol.MOST; i++) {
      wide.append(i == 0 ? "" : ", ").append("\"p").append(i).append("\": {\"float\": [0, 1]}");
    }
    SearchSpace space = space(wide.append("}").toString());
    assertEquals(
        new RandomSampler().suggest(space, 5, 0, List.of()),
        sampler().suggest(space, 5, 0, List.of()));
  }

  @Test
  void everyValueLiesInItsDomainAndExistsExactlyWhenItShould() {
    for (Trial trial : past(sampler(), 120, TpeSamplerTest::value)) {
      Map<String, JsonNode> values = trial.assignment();
      Set<String> expected = new HashSet<>();
      EVERYTHING
          .parameters()
          .forEach(
              parameter -> {
                if (parameter.exists(values)) {
                  expected.add(parameter.path());
                  assertTrue(
                      parameter.domain().contains(values.get(parameter.path())),
                      () -> parameter + " " + values);
                }
              });
      assertEquals(expected, values.keySet());
    }
  }

  @Test
  void itGoesWhereTheBetterTrialsWere() {
    assertTrue(better(sampler(), TpeSamplerTest::value) >= 45);
    assertTrue(better(new TpeSampler(Goal.MAXIMIZE), values -> -value(values)) >= 45);
  }

  /** Of the last 60 of 100 trials, those of the better family. */
  private static long better(Sampler sampler, ToDoubleFunction<Map<String, JsonNode>> of) {
    return past(sampler, 100, of).stream()
        .skip(40)
        .filter(trial -> trial.assignment().get("family").textValue().equals("mlp"))
        .count();
  }

  /** The best of all lies where a rule forbids it: the search goes to the border. */
  @Test
  void withAHistoryNoTrialBreaksARule() {
    SearchSpace space =
        space(
            """
            {"rules": ["x + y <= 1", "kind == 'a' or z > x"], "x": {"float": [0, 1]}, "y": {"float": [0, 1]},
             "kind": {"choice": ["a", "b"], "under": {"b": {"z": {"float": [0, 1]}}}}}
            """);
    List<Trial> past = new ArrayList<>();
    double best = Double.NEGATIVE_INFINITY;
    for (int number = 0; number < 80; number++) {
      Map<String, JsonNode> values =
          new TpeSampler(Goal.MAXIMIZE).suggest(space, 1, number, past).orElseThrow();
      assertTrue(space.allows(values), values::toString);
      double value = values.get("x").doubleValue() + values.get("y").doubleValue();
      best = Math.max(best, value);
      past.add(finished(number, values, value));
    }
    assertTrue(best > 0.98, "best " + best);
  }

  @Test
  void trialsThatFailedAreAsIfTheyHadNotBeen() {
    List<Trial> past = past(sampler(), 30, TpeSamplerTest::value);
    List<Trial> failed = new ArrayList<>(past);
    failed.add(Trial.running(30, "tpe", past.get(0).assignment()).failed("Cannot train", 1));
    assertEquals(
        sampler().suggest(EVERYTHING, 5, 31, past), sampler().suggest(EVERYTHING, 5, 31, failed));
  }

  @Test
  void aTrialUnderWayCountsAsBad() {
    List<Trial> past = past(sampler(), 30, TpeSamplerTest::value);
    Map<String, JsonNode> next = sampler().suggest(EVERYTHING, 5, 30, past).orElseThrow();
    List<Trial> running = new ArrayList<>(past);
    running.add(Trial.running(30, "tpe", next));
    Split split = Split.of(running, Goal.MINIMIZE);
    assertEquals(3, split.good().size());
    assertEquals(28, split.others().size());
    assertEquals(30, split.others().get(27).number());
  }

  @Test
  void prunedTrialsRankAfterFinishedOnesTheLongerTrainedFirst() {
    Map<String, JsonNode> values = past(sampler(), 1, TpeSamplerTest::value).get(0).assignment();
    List<Trial> past =
        List.of(
            pruned(0, values, 9, 0.1),
            pruned(1, values, 3, 0.0),
            pruned(2, values, 9, 0.05),
            finished(3, values, 50),
            finished(4, values, 40));
    assertEquals(
        List.of(4, 3, 2, 0, 1),
        Ranking.of(past, Goal.MINIMIZE).stream().map(Trial::number).toList());
    assertEquals(
        List.of(3, 4, 0, 2, 1),
        Ranking.of(past, Goal.MAXIMIZE).stream().map(Trial::number).toList());
  }

  private static Trial pruned(int number, Map<String, JsonNode> values, int epoch, double value) {
    return Trial.running(number, "tpe", values)
        .trained(Trial.State.PAUSED, value, List.of(new Report(epoch, value)), 1)
        .pruned("no better than the median");
  }

  @Test
  void whatWaitsAtARungOrGoesOnFromOneTeachesWhatItWouldHadItBeenPruned() {
    List<Trial> pruned = new ArrayList<>();
    List<Trial> paused = new ArrayList<>();
    List<Trial> promoted = new ArrayList<>();
    for (int number = 0; number < 40; number++) {
      Map<String, JsonNode> values =
          new RandomSampler().suggest(EVERYTHING, 5, number, List.of()).orElseThrow();
      Trial cut = pruned(number, values, number % 3 + 1, value(values));
      pruned.add(cut);
      paused.add(cut.paused(null));
      promoted.add(cut.as("run-" + number));
    }
    assertEquals(Trial.State.RUNNING, promoted.get(0).state());
    for (int number = 40; number < 60; number++) {
      var expected = sampler().suggest(EVERYTHING, 5, number, pruned);
      assertEquals(expected, sampler().suggest(EVERYTHING, 5, number, paused));
      assertEquals(expected, sampler().suggest(EVERYTHING, 5, number, promoted));
      assertNotEquals(expected, sampler().suggest(EVERYTHING, 5, number, List.of()));
    }
  }

  /**
   * A value of an earlier, wider space says nothing of its parameter, and the rest of its trial
   * does.
   */
  @Test
  void aTrialOfAWiderSpaceStillCounts() {
    SearchSpace narrow = space("{\"rate\": {\"log-uniform\": [1e-3, 1e-2]}}");
    List<Trial> past = past(sampler(), 40, TpeSamplerTest::value);
    for (int number = 40; number < 60; number++) {
      double rate =
          sampler().suggest(narrow, 5, number, past).orElseThrow().get("rate").doubleValue();
      assertTrue(rate >= 1e-3 && rate <= 1e-2);
    }
  }

  @Test
  void placesAreSortedWithoutBoxes() {
    for (int count : new int[] {0, 1, 2, 17, 18, 1_000}) {
      double[] values = IntStream.range(0, count).mapToDouble(i -> i * 7919 % 500).toArray();
      int[] order = Order.ascending(values, count);
      for (int i = 1; i < count; i++) {
        assertTrue(values[order[i - 1]] <= values[order[i]]);
      }
      assertEquals(count, IntStream.of(order).distinct().count());
    }
  }
}
