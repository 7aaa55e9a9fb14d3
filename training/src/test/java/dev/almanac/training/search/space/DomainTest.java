package dev.almanac.training.search.space;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DomainTest {
  private static Domain domain(String json) throws Exception {
    Problems problems = new Problems();
    SearchSpace space =
        SearchSpaceReader.read(Json.tree("{\"p\": %s}".formatted(json), "space"), problems);
    problems.refuse();
    return space.parameters().get(0).domain();
  }

  /** What is drawn is in the domain, comes back from its coordinates, and survives a file. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"choice\": [1, \"a\", [2, 3], null]}",
        "{\"ordinal\": [0.5, 1, \"big\"]}",
        "{\"boolean\": [false, true]}",
        "{\"constant\": \"adamw\"}",
        "{\"power-of-two\": [1, 4096]}",
        "{\"int\": [-5, 5]}",
        "{\"int\": [64, 520], \"every\": 64}",
        "{\"log-int\": [1, 1000]}",
        "{\"float\": [-0.3, 0.7]}",
        "{\"float\": [0.1, 0.72], \"every\": 0.1}",
        "{\"log-uniform\": [1e-5, 0.1]}",
        "{\"float\": [0.05, 0.5], \"or-zero\": true}",
        "{\"log-int\": [2, 9], \"or-zero\": true}"
      })
  void everyDrawIsOneOfTheDomain(String json) throws Exception {
    Domain domain = domain(json);
    for (int i = 0; i < 2_000; i++) {
      JsonNode value = domain.at(i / 2_000.0);
      assertTrue(domain.contains(value), value::toString);
      double[] coordinates = domain.coordinates(value);
      assertEquals(value, domain.value(coordinates));
      assertEquals(domain.axes().size(), coordinates.length);
      assertEquals(value, Json.tree(Json.line(value), "value"));
    }
    domain.bounds().forEach(bound -> assertTrue(domain.contains(bound), bound::toString));
    assertFalse(domain.contains(TextNode.valueOf("none of it")));
  }

  @Test
  void bothEndsAreDrawnAndEachAsLikely() throws Exception {
    assertEquals(
        Map.of(
            "64", 125, "128", 125, "192", 125, "256", 125, "320", 125, "384", 125, "448", 125,
            "512", 125),
        counts(domain("{\"int\": [64, 520], \"every\": 64}"), 1_000));
    assertEquals(
        Map.of("0.1", 200, "0.2", 200, "0.3", 200, "0.4", 200, "0.5", 200),
        counts(domain("{\"float\": [0.1, 0.59], \"every\": 0.1}"), 1_000));
    assertEquals(
        Map.of("16", 250, "32", 250, "64", 250, "128", 250),
        counts(domain("{\"power-of-two\": [16, 128]}"), 1_000));
    assertEquals(
        Map.of("0", 500, "1", 250, "2", 250),
        counts(domain("{\"int\": [1, 2], \"or-zero\": true}"), 1_000));
  }

  @Test
  void anIntegerOnALogarithmicScaleIsAsLikelyAsItsShareOfTheLine() throws Exception {
    Map<String, Integer> counts = counts(domain("{\"log-int\": [1, 8]}"), 100_000);
    double line = Math.log(8.5 / 0.5);
    for (int value = 1; value <= 8; value++) {
      double share = Math.log((value + 0.5) / (value - 0.5)) / line;
      assertEquals(share, counts.get(String.valueOf(value)) / 1e5, 2e-5);
    }
  }

  @Test
  void aGridTriesAllOfASteppedDomain() throws Exception {
    assertEquals(
        "[64,128,192,256]", Json.line(domain("{\"int\": [64, 260], \"every\": 64}").grid()));
    assertEquals(
        "[0.1,0.2,0.3]", Json.line(domain("{\"float\": [0.1, 0.3], \"every\": 0.1}").grid()));
    assertEquals(
        "[64,448]", Json.line(domain("{\"int\": [64, 448], \"every\": 64, \"steps\": 2}").grid()));
    assertEquals("[1,10,100]", Json.line(domain("{\"log-int\": [1, 100], \"steps\": 3}").grid()));
    assertEquals("[1,2,4,8]", Json.line(domain("{\"power-of-two\": [1, 8]}").grid()));
    assertEquals(
        "[0.0,0.1,0.3]",
        Json.line(domain("{\"float\": [0.1, 0.3], \"or-zero\": true, \"steps\": 2}").grid()));
  }

  @Test
  void zeroHasNoPlaceOnTheLineOfItsRange() throws Exception {
    Domain domain = domain("{\"log-uniform\": [1e-6, 1e-2], \"or-zero\": true}");
    assertArrayEquals(new double[] {0, Double.NaN}, domain.coordinates(IntNode.valueOf(0)));
    assertArrayEquals(new double[] {1, 1e-3}, domain.coordinates(DoubleNode.valueOf(1e-3)));
  }

  private static Map<String, Integer> counts(Domain domain, int draws) {
    Map<String, Integer> counts = new TreeMap<>();
    for (int i = 0; i < draws; i++) {
      counts.merge(domain.at((i + 0.5) / draws).asText(), 1, Integer::sum);
    }
    return new LinkedHashMap<>(counts);
  }

  @Test
  void aConditionCountsAtAnyDepth() throws Exception {
    Problems problems = new Problems();
    SearchSpace space =
        SearchSpaceReader.read(
            Json.tree(
                """
                {"a": {"choice": ["x", "y"], "under": {
                   "x": {"b": {"int": [1, 3], "under": {"2": {"c": {"boolean": [false, true]}}}}},
                   "y": {"b": {"float": [0, 1]}}}}}
                """,
                "space"),
            problems);
    problems.refuse();
    List<Parameter> parameters = space.parameters();
    assertEquals(List.of("a", "b", "c", "b"), parameters.stream().map(Parameter::path).toList());
    Map<String, JsonNode> values = Map.of("a", TextNode.valueOf("x"), "b", IntNode.valueOf(2));
    assertEquals(
        List.of(true, true, true, false),
        parameters.stream().map(parameter -> parameter.exists(values)).toList());
  }
}
