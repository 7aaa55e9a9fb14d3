package dev.almanac.transforms.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemsTest {
  @Test
  void aProblemStandsAtThePathThatItWasFoundAt() {
    Problems problems = new Problems();
    Problems feature = problems.at("features").at(2);
    feature.at("clip").add("key 'column' is missing");
    feature.addAll(List.of(new Problem("", "is odd"), new Problem("clip.max", "is: no number")));
    problems.add("is empty");
    assertEquals(
        List.of(
            new Problem("features[2].clip", "key 'column' is missing"),
            new Problem("features[2]", "is odd"),
            new Problem("features[2].clip.max", "is: no number"),
            new Problem("", "is empty")),
        problems.all());
    assertEquals(
        List.of(
            "features[2].clip: key 'column' is missing",
            "features[2]: is odd",
            "features[2].clip.max: is: no number",
            "is empty"),
        feature.texts());
  }

  @Test
  void whatIsFoundTwiceIsToldOnce() {
    Problems problems = new Problems();
    problems.at("a").add("is wrong");
    problems.addAll(List.of(new Problem("a", "is wrong"), new Problem("b", "is wrong")));
    assertEquals(3, problems.count());
    assertEquals(List.of("a: is wrong", "b: is wrong"), problems.texts());
  }

  @Test
  void allAreRefusedAtOnce() {
    Problems problems = new Problems();
    problems.refuse();
    assertTrue(problems.isEmpty());
    problems.at("a").add("is wrong");
    problems.at("b").add("is missing");
    assertEquals(
        "a: is wrong\nb: is missing",
        assertThrows(RefusedException.class, problems.at("c")::refuse).getMessage());
  }
}
