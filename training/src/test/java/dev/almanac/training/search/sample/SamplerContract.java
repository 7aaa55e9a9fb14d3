package dev.almanac.training.search.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.space.SearchException;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.space.SearchSpaceReader;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every search algorithm keeps to; each one's test extends it. */
public abstract class SamplerContract {
  private static final int TRIALS = 200;

  static final SearchSpace SPACE =
      space(
          """
          {"train.model.family": {"choice": ["mlp", "linear"]},
           "train.model.hidden": {"choice": [[64, 64], [256, 128, 64]], "when": {"train.model.family": "mlp"}},
           "train.model.dropout": {"float": [0.0, 0.5], "steps": 3, "when": {"train.model.hidden": [[64, 64]]}},
           "train.batch-size": {"int": [256, 4096], "steps": 2},
           "train.optimizer.learning-rate": {"log-uniform": [1.0e-4, 1.0e-2], "steps": 3}}
          """);

  public static SearchSpace space(String json) {
    try {
      Problems problems = new Problems();
      SearchSpace space = SearchSpaceReader.read(Json.tree(json, "space"), problems);
      problems.refuse();
      return space;
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  abstract Sampler sampler();

  /** A space that the algorithm searches. */
  SearchSpace space() {
    return SPACE;
  }

  /** One with rules. */
  SearchSpace ruled() {
    return space(
        """
            {"rules": ["batch * accumulate <= 1024", "family == 'linear' or layers < 3", "dropout < rate"],
             "batch": {"power-of-two": [64, 1024]}, "accumulate": {"int": [1, 16], "steps": 16},
             "family": {"choice": ["mlp", "linear"],
                        "under": {"mlp": {"layers": {"int": [1, 4], "steps": 4}, "dropout": {"float": [0, 1], "every": 0.25}}}},
             "rate": {"float": [0, 1], "steps": 3}}
            """);
  }

  List<Map<String, JsonNode>> trials(SearchSpace space, long seed) {
    return IntStream.range(0, TRIALS)
        .mapToObj(number -> sampler().suggest(space, seed, number, List.of()))
        .flatMap(Optional::stream)
        .toList();
  }

  @Test
  void theSameSeedGivesTheSameTrialsInAnyOrderOfAsking() {
    List<Map<String, JsonNode>> forwards = trials(space(), 42);
    for (int number = forwards.size() - 1; number >= 0; number--) {
      assertEquals(
          Optional.of(forwards.get(number)),
          sampler().suggest(space(), 42, number, List.of()),
          "trial " + number);
    }
  }

  @Test
  void everyValueLiesInItsDomain() {
    for (Map<String, JsonNode> trial : trials(space(), 7)) {
      double rate = trial.get("train.optimizer.learning-rate").doubleValue();
      assertTrue(rate >= 1e-4 && rate <= 1e-2, () -> "rate " + rate);
      JsonNode batch = trial.get("train.batch-size");
      assertTrue(batch.isInt() && batch.intValue() >= 256 && batch.intValue() <= 4096);
    }
  }

  @Test
  void aConditionalParameterExistsExactlyWhenItsConditionHolds() {
    for (Map<String, JsonNode> trial : trials(space(), 7)) {
      boolean mlp = trial.get("train.model.family").textValue().equals("mlp");
      assertEquals(mlp, trial.containsKey("train.model.hidden"), trial::toString);
      boolean narrow = mlp && trial.get("train.model.hidden").size() == 2;
      assertEquals(narrow, trial.containsKey("train.model.dropout"), trial::toString);
    }
  }

  @Test
  void noTrialBreaksARule() {
    for (Map<String, JsonNode> trial : trials(ruled(), 3)) {
      int batch = trial.get("batch").intValue() * trial.get("accumulate").intValue();
      assertTrue(batch <= 1024, trial::toString);
      if (trial.containsKey("layers")) {
        assertTrue(trial.get("layers").intValue() < 3, trial::toString);
        double dropout = trial.get("dropout").doubleValue();
        assertTrue(dropout < trial.get("rate").doubleValue(), trial::toString);
      }
    }
  }

  @Test
  void aSpaceOfWhichRulesLeaveNothingIsRefusedBeforeItIsSearched() {
    SearchSpace space = space("{\"rules\": [\"a > 9\"], \"a\": {\"int\": [1, 9], \"steps\": 9}}");
    SearchException e = assertThrows(SearchException.class, () -> sampler().trials(space));
    assertTrue(e.getMessage().contains("a > 9"), e::getMessage);
  }

  @Test
  void aTrialReadBackFromJsonIsEqual() throws Exception {
    for (Map<String, JsonNode> trial : trials(space(), 7)) {
      Trial running = Trial.running(0, "random", trial);
      assertEquals(running, Json.read(Json.line(running), Trial.class, "line"));
    }
  }
}
