package dev.almanac.training.search.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;

class SearchSpaceReaderTest {
  @Test
  void everyParameterThatIsWrongIsNamedAtOnce() throws Exception {
    assertEquals(
        List.of(
            "a: Cannot search 'a': it must be a section with one of boolean, choice, constant, float, int, log-int, log-uniform, ordinal, power-of-two (5)",
            "b: Cannot search 'b': it must have exactly one of boolean, choice, constant, float, int, log-int, log-uniform, ordinal, power-of-two ([])",
            "c: Cannot search 'c': unknown key 'sampel' (known keys: boolean, choice, constant, every, float, int, log-int, log-uniform, or-zero, ordinal, power-of-two, steps, under, when)",
            "d: Cannot search numbers: the low end is at most the high end, both finite ([2.0, 1.0])",
            "e: Cannot search on a logarithmic scale: 0 < low end <= high end, both finite ([0.0, 1.0])",
            "f: Cannot search a range: it must be its two ends, [low, high] ([1])",
            "g: Cannot search integers: both ends must be integers (0.5)",
            "h: Cannot choose: a choice has at least one value (none given)",
            "i: Cannot walk a range: `steps` must be an integer of 1 or more (0)",
            "j: Cannot search 'j': `choice` has no `steps`, a grid tries all of it",
            "k: Cannot search 'k': `log-int` has no `every`",
            "l: Cannot search powers of two: both ends are powers of two, the low one first ([3, 8])",
            "m: Cannot search zero or a range: the range does not hold 0 itself ([0.0, 1.0])",
            "n: Cannot choose: a boolean is [false, true] ([true])",
            "o: Cannot search integers: `every` must be an integer of 1 or more (0.5)",
            "p: Cannot search 'p': `under` names a value that it never takes ('z', values are [\"x\"])",
            "q: Cannot search integers on a logarithmic scale: 1 <= low end <= high end <= 2^52 ([0, 5])"),
        problems(
            """
            {"a": 5, "b": {"steps": 3}, "c": {"sampel": 1}, "d": {"float": [2, 1]}, "e": {"log-uniform": [0, 1]},
             "f": {"int": [1]}, "g": {"int": [0.5, 2]}, "h": {"choice": []}, "i": {"int": [1, 2], "steps": 0},
             "j": {"choice": [1], "steps": 2}, "k": {"log-int": [1, 5], "every": 2}, "l": {"power-of-two": [3, 8]},
             "m": {"float": [0, 1], "or-zero": true}, "n": {"boolean": [true]}, "o": {"int": [1, 5], "every": 0.5},
             "p": {"choice": ["x"], "under": {"z": {}}}, "q": {"log-int": [0, 5]}}
            """));
  }

  @Test
  void aConditionMustNameAChoiceAboveIt() throws Exception {
    assertEquals(
        List.of(": Cannot search 'a': `when` names a choice that stands above it ('b')"),
        problems("{\"a\": {\"int\": [1, 2], \"when\": {\"b\": 1}}, \"b\": {\"choice\": [1, 2]}}"));
    assertEquals(
        List.of(
            ": Cannot search 'b': `when` asks for a value that 'a' never takes (3, choices are [1, 2])"),
        problems(
            "{\"a\": {\"choice\": [1, 2]}, \"b\": {\"int\": [1, 2], \"when\": {\"a\": [1, 3]}}}"));
  }

  @Test
  void aPathStandsTwiceOnlyUnderConditionsThatNeverHoldAtOnce() throws Exception {
    assertEquals(
        List.of(
            ": Cannot search 'b': it stands twice in the space, under conditions that may hold at once"),
        problems(
            "{\"a\": {\"choice\": [1, 2], \"under\": {\"1\": {\"b\": {\"int\": [1, 2]}}}}, \"b\": {\"int\": [1, 2]}}"));
  }

  @Test
  void rulesAreReadBeforeASpaceIsSearched() throws Exception {
    assertEquals(
        List.of(
            "rules: Cannot read rule 'a <': at character 4 there must be a number, a text in quotes or a path (the end)"),
        problems("{\"rules\": [\"a <\"], \"a\": {\"int\": [1, 2]}}"));
    assertEquals(
        List.of(": Cannot keep to rule 'a < c': neither the space nor the config has 'c'"),
        problems("{\"rules\": [\"a < c\"], \"a\": {\"int\": [1, 2]}}"));
  }

  @Test
  void anEmptySpaceIsRefused() throws Exception {
    assertEquals(List.of(": Cannot search: the space has no parameter"), problems("{}"));
  }

  private static List<String> problems(String json) throws Exception {
    Problems problems = new Problems();
    assertNull(SearchSpaceReader.read(Json.tree(json, "space"), problems));
    return problems.all().stream().map(p -> p.path() + ": " + p.message()).toList();
  }
}
