package dev.almanac.training.search.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.almanac.training.search.space.SearchException;
import dev.almanac.training.search.space.SearchSpace;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PointsTest {
  private static final SearchSpace SPACE =
      SamplerContract.space(
          """
          {"rules": ["batch * steps <= 1024"], "batch": {"power-of-two": [64, 1024]}, "steps": {"int": [1, 16]},
           "family": {"choice": ["mlp", "linear"], "under": {"mlp": {"dropout": {"float": [0, 0.5]}}}}}
          """);

  private static final Points POINTS = new Points(SPACE, 7);

  @Test
  void whatIsGivenStandsAndTheRestIsDrawnWithinTheRules() {
    for (int number = 0; number < 50; number++) {
      Map<String, JsonNode> given = Map.of("batch", IntNode.valueOf(512));
      Map<String, JsonNode> values = POINTS.complete(given, number);
      assertEquals(512, values.get("batch").intValue());
      assertTrue(values.get("steps").intValue() <= 2);
      assertEquals(values.get("family").textValue().equals("mlp"), values.containsKey("dropout"));
      assertEquals(values, POINTS.complete(given, number));
    }
    assertNotEquals(POINTS.complete(Map.of(), 0), POINTS.complete(Map.of(), 1));
  }

  /** As the space itself would write it: an integer for a float is a float. */
  @Test
  void aValueIsWrittenAsTheSpaceWritesIt() {
    Map<String, JsonNode> values =
        POINTS.complete(
            Map.of("family", TextNode.valueOf("mlp"), "dropout", IntNode.valueOf(0)), 0);
    assertEquals(DoubleNode.valueOf(0), values.get("dropout"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "speed|1|Cannot try a point: the space does not vary 'speed'",
        "batch|100|Cannot try a point: 'batch' never takes 100",
        "family|3|Cannot try a point: 'family' never takes 3",
      })
  void whatTheSpaceHasNotIsSaid(String path, int value, String message) {
    Map<String, JsonNode> given = Map.of(path, IntNode.valueOf(value));
    assertEquals(
        message, assertThrows(SearchException.class, () -> POINTS.complete(given, 0)).getMessage());
  }

  @Test
  void valuesThatExcludeEachOtherAreSaid() {
    Map<String, JsonNode> apart =
        Map.of("family", TextNode.valueOf("linear"), "dropout", DoubleNode.valueOf(0.1));
    assertEquals(
        "Cannot try a point: 'dropout' is 0.1 only under conditions that its other values do not meet",
        assertThrows(SearchException.class, () -> POINTS.complete(apart, 0)).getMessage());
    Map<String, JsonNode> large =
        Map.of("batch", IntNode.valueOf(1024), "steps", IntNode.valueOf(2));
    assertTrue(
        assertThrows(SearchException.class, () -> POINTS.complete(large, 0))
            .getMessage()
            .startsWith("Cannot try a point: it breaks the rules of the space ("));
  }

  @Test
  void theConfigItselfIsAPointWhereverTheSpaceHasItsValues() {
    Map<String, JsonNode> config =
        Map.of(
            "batch", IntNode.valueOf(64),
            "steps", IntNode.valueOf(99),
            "family", TextNode.valueOf("linear"),
            "dropout", DoubleNode.valueOf(0.2));
    Map<String, JsonNode> values = POINTS.standing(config::get).orElseThrow();
    assertEquals(Set.of("batch", "steps", "family"), values.keySet());
    assertEquals(64, values.get("batch").intValue());
    assertTrue(values.get("steps").intValue() <= 16);
    assertEquals(Optional.empty(), POINTS.standing(path -> null));
  }
}
