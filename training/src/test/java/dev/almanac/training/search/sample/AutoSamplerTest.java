package dev.almanac.training.search.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Trial;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoSamplerTest extends SamplerContract {
  @Override
  Sampler sampler() {
    return new AutoSampler(Goal.MINIMIZE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'a': {'choice': [1, 2, 3]}, 'b': {'boolean': [false, true]}}|6|grid",
        "{'a': {'choice': [1, 2, 3]}, 'b': {'boolean': [false, true]}}|5|tpe",
        "{'a': {'int': [1, 9], 'steps': 9}, 'b': {'constant': 3}}|9|grid",
        "{'a': {'int': [1, 9], 'every': 2, 'or-zero': true}, 'b': {'ordinal': [1, 2]}}|12|grid",
        "{'a': {'int': [1, 9], 'every': 2, 'or-zero': true}, 'b': {'ordinal': [1, 2]}}|11|tpe",
        // Steps are for who asks for a grid: it would leave values out.
        "{'a': {'int': [1, 9], 'steps': 3}}|5|tpe",
        "{'a': {'float': [0, 1], 'steps': 3}}|5|tpe",
        "{'a': {'float': [0, 1]}, 'b': {'log-uniform': [1, 10]}}|100|cma-es",
        "{'a': {'float': [0, 1]}, 'b': {'log-uniform': [1, 10]}}|99|tpe",
        "{'a': {'float': [0, 1]}, 'b': {'choice': [1, 10]}}|1000|tpe",
        "{'a': {'float': [0, 1]}, 'b': {'log-uniform': [1, 10]}}||tpe",
      })
  void itTakesWhatSuitsSpaceAndBudget(String space, Integer trials, String taken) {
    SearchSpace read = space(space.replace('\'', '"'));
    assertEquals(taken, sampler().choice(read, trials, List.of()).name());
  }

  @Test
  void itKeepsToWhatItHasLearnedBy() {
    SearchSpace space = space("{\"a\": {\"float\": [0, 1]}}");
    List<Trial> past = List.of(Trial.running(0, "tpe", Map.of()));
    assertEquals("tpe", sampler().choice(space, 1_000, past).name());
    List<Trial> given = List.of(Trial.running(0, "default", Map.of()));
    assertEquals("cma-es", sampler().choice(space, 1_000, given).name());
  }
}
