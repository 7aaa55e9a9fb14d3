package dev.almanac.training.search.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.space.FloatRange;
import dev.almanac.training.search.space.IntRange;
import dev.almanac.training.search.space.LogUniform;
import dev.almanac.training.search.space.SearchException;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.transforms.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GridSamplerTest extends SamplerContract {
  @Override
  Sampler sampler() {
    return new GridSampler();
  }

  @Test
  void theGridCoversTheProductExactlyOnce() {
    SearchSpace space =
        space(
            """
            {"a": {"choice": ["x", "y"]}, "b": {"int": [1, 3], "steps": 3},
             "c": {"float": [0.0, 1.0], "steps": 2}}
            """);
    Set<String> product = new HashSet<>();
    for (String a : List.of("x", "y")) {
      for (int b = 1; b <= 3; b++) {
        for (String c : List.of("0.0", "1.0")) {
          product.add("{\"a\":\"%s\",\"b\":%d,\"c\":%s}".formatted(a, b, c));
        }
      }
    }
    List<String> trials = trials(space, 42).stream().map(Json::line).toList();
    assertEquals(12, trials.size());
    assertEquals(product, new HashSet<>(trials));
    assertEquals(12, sampler().trials(space));
    assertTrue(sampler().suggest(space, 42, 12, List.of()).isEmpty());
  }

  @Test
  void aParameterThatDoesNotExistMultipliesNothing() {
    // Under mlp: hidden of 3 layers 1, of 2 layers 3 dropouts; under linear 1. Times 2 times 3.
    assertEquals((1 + 3 + 1) * 2 * 3, sampler().trials(SPACE));
    List<Map<String, JsonNode>> trials = trials(SPACE, 42);
    assertEquals(trials.size(), new HashSet<>(trials).size());
  }

  @Test
  void whatARuleForbidsIsNotCounted() {
    SearchSpace space =
        space(
            "{\"rules\": [\"a * b <= 6\"], \"a\": {\"ordinal\": [1, 2, 3]}, \"b\": {\"int\": [1, 9], \"every\": 1, \"steps\": 9}}");
    assertEquals(6 + 3 + 2, sampler().trials(space));
  }

  @Test
  void stepsWalkFromEndToEnd() {
    assertEquals("[1,4,7,10]", Json.line(new IntRange(1, 10, 4).grid()));
    assertEquals("[1,2]", Json.line(new IntRange(1, 2, 5).grid()));
    assertEquals("[0.0,0.25,0.5,0.75,1.0]", Json.line(new FloatRange(0, 1, 5).grid()));
    List<JsonNode> rates = new LogUniform(1e-4, 1e-2, 3).grid();
    assertEquals(1e-4, rates.get(0).doubleValue());
    assertEquals(1e-3, rates.get(1).doubleValue(), 1e-15);
    assertEquals(1e-2, rates.get(2).doubleValue());
  }

  @Test
  void aRangeWithoutStepsIsRefused() {
    SearchException e =
        assertThrows(
            SearchException.class,
            () -> sampler().trials(space("{\"a\": {\"float\": [0.0, 1.0]}}")));
    assertEquals(
        "Cannot search 'a' on a grid: Cannot walk a range: a grid needs `steps`, how many of its values to try (not given)",
        e.getMessage());
  }

  @Test
  void aGridTooLargeToTrainIsRefused() {
    SearchSpace space =
        space(
            "{\"a\": {\"int\": [1, 9999], \"steps\": 9999}, \"b\": {\"int\": [1, 9999], \"steps\": 9999}}");
    assertEquals(
        "Cannot search a grid: it has at most 100000 trials; take fewer `steps`, or the random sampler",
        assertThrows(SearchException.class, () -> sampler().trials(space)).getMessage());
  }
}
