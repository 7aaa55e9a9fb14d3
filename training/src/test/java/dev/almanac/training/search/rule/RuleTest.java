package dev.almanac.training.search.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTest {
  private static final Map<String, JsonNode> VALUES =
      Map.of(
          "train.batch-size", IntNode.valueOf(1024),
          "train.accumulate", IntNode.valueOf(8),
          "rate", DoubleNode.valueOf(1e-3),
          "family", TextNode.valueOf("mlp"),
          "balanced", BooleanNode.TRUE,
          "my column", IntNode.valueOf(3));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train.batch-size * train.accumulate <= 8192",
        "train.batch-size*train.accumulate = 8192",
        "train.batch-size - 24 == 1000",
        "1 + 2 * 3 == 7 and (1 + 2) * 3 == 9 and 7 - 2 - 1 == 4 and 8 / 2 / 2 == 2",
        "rate < 2e-3 and rate > .5e-3",
        "-rate < 0",
        "family = 'mlp' and family != \"resnet\"",
        "not (family == 'linear')",
        "not balanced == false",
        "balanced",
        "`my column` >= 3",
        "family == 'linear' or rate < 1",
        "family != 3"
      })
  void holds(String rule) {
    assertEquals(true, Rule.of(rule).allows(VALUES));
    assertEquals(false, Rule.of("not (" + rule + ")").allows(VALUES));
  }

  /** What a trial does not have breaks nothing; the rest of the rule may. */
  @ParameterizedTest
  @CsvSource({
    "dropout < 0.3, true",
    "not dropout < 0.3, true",
    "dropout < 0.3 or rate > 1, true",
    "dropout < 0.3 and rate > 1, false",
    "dropout < 0.3 or rate < 1, true",
    "dropout * rate < 0, true"
  })
  void whatIsNotKnownBreaksNothing(String rule, boolean allowed) {
    assertEquals(allowed, Rule.of(rule).allows(VALUES));
  }

  @Test
  void aPathThatNoTrialVariesHasTheConfigsValue() {
    Rule rule = Rule.of("rate * scale < 1");
    assertEquals(Set.of("rate", "scale"), rule.paths());
    assertEquals(false, rule.with(Map.of("scale", IntNode.valueOf(1000))).allows(VALUES));
    assertEquals(true, rule.with(Map.of("scale", IntNode.valueOf(999))).allows(VALUES));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a <|Cannot read rule 'a <': at character 4 there must be a number, a text in quotes or a path (the end)",
        "(a < 1|Cannot read rule '(a < 1': at character 7 there must be ) (the end)",
        "a < 1 b|Cannot read rule 'a < 1 b': at character 7 there must be the end, or and, or ('b')",
        "a < b < c|Cannot read rule 'a < b < c': at character 7 there must be the end, or and, or ('<')",
        "a % 2 == 0|Cannot read rule 'a % 2 == 0': at character 2 there is nothing that a rule knows ('% 2 == 0')",
        "and|Cannot read rule 'and': at character 1 there must be a number, a text in quotes or a path ('and')"
      })
  void whatIsNoRuleIsSaidWithItsPlace(String text, String message) {
    assertEquals(message, assertThrows(RuleException.class, () -> Rule.of(text)).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "family < 3|Cannot apply a rule: `<` takes numbers (mlp)",
        "rate and balanced|Cannot apply a rule: `and` takes what is true or false (0.001)",
        "rate + 1|Cannot apply rule 'rate + 1': it must be true or false (1.001)"
      })
  void whatCannotBeComparedIsSaid(String text, String message) {
    Rule rule = Rule.of(text);
    assertEquals(
        message, assertThrows(RuleException.class, () -> rule.allows(VALUES)).getMessage());
  }
}
