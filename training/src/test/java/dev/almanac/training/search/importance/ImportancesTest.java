package dev.almanac.training.search.importance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.space.SearchSpaceReader;
import dev.almanac.training.search.trial.Draw;
import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Report;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImportancesTest {
  private static final SearchSpace NUMBERS =
      space(
          """
          {"a": {"float": [0.0, 1.0]}, "b": {"log-uniform": [1.0e-4, 1.0e-2]}, "c": {"int": [1, 8]},
           "d": {"choice": ["relu", "gelu", "silu"]}, "e": {"float": [-5.0, 5.0]}, "f": {"int": [0, 1000]}}
          """);

  /**
   * Variances 1 : 0.36 : 0.1225 : 0.04 over the space, by how each is scaled; e and f do nothing.
   */
  private static double additive(Map<String, JsonNode> at) {
    double a = (Math.abs(at.get("a").doubleValue() - 0.3) - 0.29) / Math.sqrt(0.037233);
    double b = Math.log(at.get("b").doubleValue() / 1e-3) / (Math.log(10) / Math.sqrt(3));
    double c = (at.get("c").doubleValue() - 4.5) / Math.sqrt(63 / 12.0);
    double d =
        switch (at.get("d").textValue()) {
          case "relu" -> Math.sqrt(1.5);
          case "gelu" -> -Math.sqrt(1.5);
          default -> 0;
        };
    return 20 + a + 0.6 * b + 0.35 * c + 0.2 * d;
  }

  private static final Map<String, Double> SHARES =
      Map.of("a", 0.6568, "b", 0.2365, "c", 0.0805, "d", 0.0263, "e", 0.0, "f", 0.0);

  private static SearchSpace space(String json) {
    try {
      Problems problems = new Problems();
      SearchSpace space = SearchSpaceReader.read(Json.tree(json, "space"), problems);
      problems.refuse();
      return space;
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, JsonNode> drawn(SearchSpace space, long seed, int number) {
    return space.assign(p -> p.domain().at(Draw.place(seed, number, p.path())));
  }

  private static List<Trial> trials(
      SearchSpace space, long seed, int count, ToDoubleFunction<Map<String, JsonNode>> value) {
    return IntStream.range(0, count)
        .mapToObj(number -> drawn(space, seed, number))
        .collect(
            ArrayList::new,
            (all, at) -> all.add(trial(all.size(), at, value.applyAsDouble(at))),
            List::addAll);
  }

  private static Trial trial(int number, Map<String, JsonNode> at, double value) {
    return new Trial(
        number, "random", at, Trial.State.FINISHED, value, List.of(), "run-" + number, 1.0, null);
  }

  /**
   * As a sampler that learns does: each trial beside one of the best so far, in every direction.
   */
  private static List<Trial> crowded(
      SearchSpace space, long seed, int count, ToDoubleFunction<Map<String, JsonNode>> value) {
    List<Trial> trials = new ArrayList<>(trials(space, seed, 12, value));
    for (int number = trials.size(); number < count; number++) {
      int draw = number;
      List<Trial> best = new ArrayList<>(trials);
      best.sort(Comparator.comparing(Trial::value));
      Map<String, JsonNode> near =
          best.get((int) (3 * Draw.place(seed, number, "parent"))).assignment();
      Map<String, JsonNode> next = new LinkedHashMap<>(drawn(space, seed, number));
      near.forEach(
          (path, old) -> {
            if (Draw.place(seed, draw, path + " keeps") < 0.7) {
              next.put(path, old);
            }
          });
      trials.add(trial(number, next, value.applyAsDouble(next)));
    }
    return trials;
  }

  private static double error(Importances importances) {
    return importances.parameters().stream()
            .mapToDouble(share -> Math.abs(share.share() - SHARES.get(share.path())))
            .sum()
        / 2;
  }

  private static double idle(Importances importances) {
    return share(importances, "e") + share(importances, "f");
  }

  private static Importances of(SearchSpace space, Goal goal, List<Trial> trials) {
    return Importances.of(space, goal, trials).orElseThrow();
  }

  private static List<String> order(Importances importances) {
    return importances.parameters().stream().map(Importances.Share::path).toList();
  }

  private static double share(Importances importances, String path) {
    return importances.parameters().stream()
        .filter(share -> share.path().equals(path))
        .findFirst()
        .orElseThrow()
        .share();
  }

  @Test
  void sharesAreThoseOfAnAdditiveFunctionOfKnownVariances() {
    for (int seed = 0; seed < 10; seed++) {
      Importances found =
          of(NUMBERS, Goal.MINIMIZE, trials(NUMBERS, seed, 100, ImportancesTest::additive));
      assertEquals(List.of("a", "b", "c", "d"), order(found).subList(0, 4), "seed " + seed);
      assertTrue(error(found) < 0.04, found::toString);
      assertTrue(idle(found) < 0.005, found::toString);
      assertTrue(found.explained() > 0.97, found::toString);
    }
  }

  @Test
  void twentyTrialsAreEnoughForTheOrder() {
    for (int seed = 0; seed < 10; seed++) {
      Importances found =
          of(NUMBERS, Goal.MINIMIZE, trials(NUMBERS, seed, 20, ImportancesTest::additive));
      assertEquals(List.of("a", "b", "c"), order(found).subList(0, 3), "seed " + seed);
      assertTrue(error(found) < 0.12, found::toString);
    }
  }

  /** Where each parameter is judged by itself, those that moved along look important too. */
  @Test
  void trialsCrowdedAroundTheBestDoNotMakeIdleParametersImportant() {
    for (int seed = 0; seed < 10; seed++) {
      Importances found =
          of(NUMBERS, Goal.MINIMIZE, crowded(NUMBERS, seed, 100, ImportancesTest::additive));
      assertEquals(List.of("a", "b", "c", "d"), order(found).subList(0, 4), "seed " + seed);
      assertTrue(error(found) < 0.12, found::toString);
      assertTrue(idle(found) < 0.01, found::toString);
    }
  }

  @Test
  void chanceIsNotImportance() {
    double explained = 0;
    for (int seed = 0; seed < 10; seed++) {
      int of = seed;
      List<Trial> trials = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        trials.add(trial(i, drawn(NUMBERS, of, i), Draw.place(of, i, "nothing to do with it")));
      }
      explained += of(NUMBERS, Goal.MINIMIZE, trials).explained() / 10;
    }
    double mean = explained;
    assertTrue(mean < 0.25, () -> "explained " + mean);
  }

  @Test
  void noiseLowersWhatIsExplainedAndLeavesTheOrder() {
    for (int seed = 0; seed < 5; seed++) {
      int of = seed;
      List<Trial> noisy =
          trials(NUMBERS, seed, 150, ImportancesTest::additive).stream()
              .map(
                  t ->
                      trial(
                          t.number(),
                          t.assignment(),
                          t.value() + 3 * (Draw.place(of, t.number(), "noise") - 0.5)))
              .toList();
      Importances found = of(NUMBERS, Goal.MINIMIZE, noisy);
      assertEquals(List.of("a", "b"), order(found).subList(0, 2), found::toString);
      // The variances are 1.52 of the function, and 9 / 12 of the noise.
      assertEquals(0.67, found.explained(), 0.15, found::toString);
    }
  }

  @Test
  void parametersThatMatterTogetherAloneAreAPair() {
    Importances found =
        of(
            NUMBERS,
            Goal.MAXIMIZE,
            trials(
                NUMBERS,
                3,
                120,
                at -> Math.cos(Math.PI * at.get("a").doubleValue()) * at.get("e").doubleValue()));
    assertEquals("a", found.pairs().get(0).first());
    assertEquals("e", found.pairs().get(0).second());
    assertTrue(found.pairs().get(0).share() > 0.9, found::toString);
    assertEquals(0.5, share(found, "a"), 0.05);
    assertEquals(0.5, share(found, "e"), 0.05);
    assertTrue(found.parameters().get(0).alone() < 0.05, found::toString);
  }

  /** {@code depth} exists for trees alone, a third of the space, and moves the value by as much. */
  private static final SearchSpace CONDITIONAL =
      space(
          """
          {"family": {"choice": ["tree", "line", "net"]},
           "depth": {"int": [1, 12], "when": {"family": "tree"}},
           "width": {"int": [1, 12], "when": {"family": "net"}},
           "rate": {"float": [0.0, 1.0]}}
          """);

  @Test
  void aConditionalParameterCountsByHowOftenItExistsAndNotForItsCondition() {
    ToDoubleFunction<Map<String, JsonNode>> value =
        at ->
            at.get("family").textValue().equals("line")
                ? 2
                : at.containsKey("depth")
                    ? (at.get("depth").doubleValue() - 6.5) / Math.sqrt(143 / 12.0)
                    : 0;
    for (int seed = 0; seed < 5; seed++) {
      Importances found = of(CONDITIONAL, Goal.MINIMIZE, trials(CONDITIONAL, seed, 120, value));
      // Of the family: 4 * 2/9; of the depth: 1 in a third of all.
      assertEquals(0.889 / 1.222, share(found, "family"), 0.02, found::toString);
      assertEquals(0.333 / 1.222, share(found, "depth"), 0.02, found::toString);
      assertTrue(share(found, "width") < 0.002, found::toString);
      assertTrue(share(found, "rate") < 0.002, found::toString);
    }
  }

  /** {@code n} stands twice; {@code w} is off or on by so much, and only its being on counts. */
  @Test
  void aPathThatStandsTwiceIsOneLineAndZeroOrARangeToo() {
    SearchSpace space =
        space(
            """
            {"family": {"choice": ["tree", "net"],
                        "under": {"tree": {"n": {"int": [1, 8]}}, "net": {"n": {"float": [0.0, 1.0]}}}},
             "w": {"log-uniform": [1.0e-6, 1.0e-2], "or-zero": true},
             "p": {"power-of-two": [16, 256]}}
            """);
    for (int seed = 0; seed < 5; seed++) {
      Importances found =
          of(
              space,
              Goal.MINIMIZE,
              trials(
                  space,
                  seed,
                  120,
                  at ->
                      (at.get("family").textValue().equals("tree")
                              ? (at.get("n").doubleValue() - 4.5) / Math.sqrt(63 / 12.0)
                              : 0)
                          + (at.get("w").doubleValue() > 0 ? 1 : 0)));
      assertEquals(4, found.parameters().size());
      // 1 in half of all; 1/4 of all.
      assertEquals(2 / 3.0, share(found, "n"), 0.03, found::toString);
      assertEquals(1 / 3.0, share(found, "w"), 0.03, found::toString);
    }
  }

  @Test
  void theGoalOnlySaysWhichOutliersAreDrawnIn() {
    List<Trial> low = trials(NUMBERS, 1, 80, ImportancesTest::additive);
    List<Trial> high =
        low.stream().map(t -> trial(t.number(), t.assignment(), -t.value())).toList();
    Importances minimized = of(NUMBERS, Goal.MINIMIZE, low);
    Importances maximized = of(NUMBERS, Goal.MAXIMIZE, high);
    for (Importances.Share share : minimized.parameters()) {
      assertEquals(share.share(), share(maximized, share.path()), 1e-9);
    }
  }

  @Test
  void aTrialThatWentAstrayDoesNotHideTheOthers() {
    List<Trial> trials = new ArrayList<>(trials(NUMBERS, 2, 100, ImportancesTest::additive));
    for (int number : List.of(3, 40, 77)) {
      trials.set(number, trial(number, trials.get(number).assignment(), 1e12));
    }
    Importances found = of(NUMBERS, Goal.MINIMIZE, trials);
    assertEquals(List.of("a", "b"), order(found).subList(0, 2), found::toString);
    assertEquals(SHARES.get("a"), share(found, "a"), 0.2, found::toString);
  }

  /**
   * Of each four trials three are ended after 1, 2 or 4 of 8 epochs, where values are far higher.
   */
  @Test
  void trialsThatWerePrunedCountByWhatTheyWouldHaveComeTo() {
    List<Trial> trials = new ArrayList<>();
    for (Trial whole : trials(NUMBERS, 8, 120, ImportancesTest::additive)) {
      int epochs = List.of(8, 1, 2, 4).get(whole.number() % 4);
      List<Report> reports =
          IntStream.rangeClosed(1, epochs)
              .mapToObj(epoch -> new Report(epoch, whole.value() + 20.0 / epoch - 2.5))
              .toList();
      trials.add(
          new Trial(
              whole.number(),
              "random",
              whole.assignment(),
              epochs == 8 ? Trial.State.FINISHED : Trial.State.PRUNED,
              reports.get(epochs - 1).value(),
              reports,
              null,
              1.0,
              null));
    }
    Importances found = of(NUMBERS, Goal.MINIMIZE, trials);
    assertTrue(error(found) < 0.04, found::toString);
    assertTrue(found.explained() > 0.95, found::toString);
  }

  @Test
  void theOrderOfTheTrialsDoesNotMatter() {
    List<Trial> trials = new ArrayList<>(trials(NUMBERS, 5, 60, ImportancesTest::additive));
    Importances one = of(NUMBERS, Goal.MINIMIZE, trials);
    Collections.reverse(trials);
    assertEquals(one, of(NUMBERS, Goal.MINIMIZE, trials));
  }

  @Test
  void thereIsNothingToTellOfFewTrialsOrEqualValues() {
    List<Trial> trials = trials(NUMBERS, 1, 40, ImportancesTest::additive);
    assertEquals(
        Optional.empty(),
        Importances.of(NUMBERS, Goal.MINIMIZE, trials.subList(0, Importances.FEWEST - 1)));
    assertTrue(
        Importances.of(NUMBERS, Goal.MINIMIZE, trials.subList(0, Importances.FEWEST)).isPresent());
    assertEquals(
        Optional.empty(), Importances.of(NUMBERS, Goal.MINIMIZE, trials(NUMBERS, 1, 40, at -> 7)));
    SearchSpace point = space("{\"a\": {\"choice\": [1]}, \"b\": {\"float\": [2.0, 2.0]}}");
    assertEquals(
        Optional.empty(),
        Importances.of(
            point,
            Goal.MINIMIZE,
            IntStream.range(0, 20).mapToObj(i -> trial(i, drawn(point, 1, i), i % 5)).toList()));
  }

  @Test
  void tiesBetweenMostValuesAreNoProblem() {
    Importances found =
        of(
            NUMBERS,
            Goal.MAXIMIZE,
            trials(NUMBERS, 4, 100, at -> at.get("a").doubleValue() > 0.85 ? 1 : 0));
    assertEquals("a", found.parameters().get(0).path());
    assertTrue(found.parameters().get(0).share() > 0.8, found::toString);
  }

  @Test
  void trialsOfANarrowerSpaceAreReadByTheWiderAndValuesOutsideAreLeftOut() {
    List<Trial> trials = new ArrayList<>(trials(NUMBERS, 6, 60, ImportancesTest::additive));
    Map<String, JsonNode> outside = new LinkedHashMap<>(trials.get(0).assignment());
    outside.put("a", DoubleNode.valueOf(7));
    outside.put("gone", DoubleNode.valueOf(1));
    trials.set(0, trial(0, outside, 19));
    assertEquals("a", of(NUMBERS, Goal.MINIMIZE, trials).parameters().get(0).path());
  }

  @Test
  void twoThousandTrialsOfThirtyParametersAreRead() {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < 30; i++) {
      json.append(i == 0 ? "" : ",").append("\"p%s\": {\"float\": [0.0, 1.0]}".formatted(i));
    }
    SearchSpace wide = space(json.append('}').toString());
    Importances found =
        of(
            wide,
            Goal.MINIMIZE,
            trials(
                wide,
                1,
                2_100,
                at -> at.get("p7").doubleValue() + 0.5 * at.get("p20").doubleValue()));
    assertEquals(List.of("p7", "p20"), order(found).subList(0, 2));
    assertEquals(0.8, share(found, "p7"), 0.01);
    assertEquals(2_000, found.trials());
  }
}
