package dev.almanac.training.search.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.transforms.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomSamplerTest extends SamplerContract {
  private static final int DRAWS = 20_000;

  /** The distance that 1 sample in 1000 of this size exceeds: 1.95 / sqrt(n). */
  private static final double KOLMOGOROV = 1.95 / Math.sqrt(DRAWS);

  @Override
  Sampler sampler() {
    return new RandomSampler();
  }

  @Test
  void anotherSeedGivesOtherTrials() {
    assertNotEquals(trials(SPACE, 1), trials(SPACE, 2));
  }

  @Test
  void aParameterDrawsTheSameWhateverStandsBesideIt() {
    SearchSpace alone = space("{\"train.batch-size\": {\"int\": [256, 4096]}}");
    for (int number = 0; number < 100; number++) {
      assertEquals(
          suggest(SPACE, number).get("train.batch-size"),
          suggest(alone, number).get("train.batch-size"));
    }
  }

  @Test
  void theFirstDrawsAreThoseOfEveryReleaseBefore() {
    // Fixed values: a study started with an earlier release must go on with the same trials.
    SearchSpace space =
        space(
            "{\"a\": {\"float\": [0, 1]}, \"b\": {\"int\": [0, 1000000]}, \"c\": {\"log-uniform\": [1e-4, 1e-2]}}");
    assertEquals(
        "[{\"a\":0.7409920665020499,\"b\":991328,\"c\":0.0022904491092475415}, "
            + "{\"a\":0.03733243827035282,\"b\":326750,\"c\":0.0010300448256264606}, "
            + "{\"a\":0.21789206891682822,\"b\":217497,\"c\":0.001960117889831736}]",
        IntStream.range(0, 3)
            .mapToObj(number -> Json.line(suggest(space, number)))
            .toList()
            .toString());
  }

  @Test
  void logUniformIsEvenInItsLogarithm() {
    double[] logs = draws("{\"p\": {\"log-uniform\": [1e-5, 1e-1]}}");
    for (int i = 0; i < logs.length; i++) {
      logs[i] = (Math.log10(logs[i]) + 5) / 4;
    }
    assertEven(logs);
  }

  @Test
  void floatIsEven() {
    double[] values = draws("{\"p\": {\"float\": [-3.0, 5.0]}}");
    for (int i = 0; i < values.length; i++) {
      values[i] = (values[i] + 3) / 8;
    }
    assertEven(values);
  }

  @Test
  void everyIntegerOfARangeAndEveryChoiceIsAsLikelyAsAnother() {
    assertFair(draws("{\"p\": {\"int\": [3, 8]}}"), 3, 8);
    assertFair(draws("{\"p\": {\"choice\": [3, 4, 5, 6, 7, 8]}}"), 3, 8);
  }

  @Test
  void twoParametersDrawIndependently() {
    SearchSpace space = space("{\"a\": {\"float\": [0, 1]}, \"b\": {\"float\": [0, 1]}}");
    double covariance = 0;
    for (int number = 0; number < DRAWS; number++) {
      Map<String, JsonNode> trial = suggest(space, number);
      covariance += (trial.get("a").doubleValue() - 0.5) * (trial.get("b").doubleValue() - 0.5);
    }
    // A correlation's standard error is 1 / sqrt(n); the variance of each is 1/12.
    assertTrue(
        Math.abs(covariance / DRAWS * 12) < 3.3 / Math.sqrt(DRAWS), "covariance " + covariance);
  }

  private static Map<String, JsonNode> suggest(SearchSpace space, int number) {
    return new RandomSampler().suggest(space, 42, number, List.of()).orElseThrow();
  }

  private static double[] draws(String json) {
    SearchSpace space = space(json);
    return IntStream.range(0, DRAWS)
        .mapToDouble(number -> suggest(space, number).get("p").doubleValue())
        .toArray();
  }

  private static void assertEven(double[] places) {
    Arrays.sort(places);
    double distance = 0;
    for (int i = 0; i < places.length; i++) {
      distance = Math.max(distance, Math.abs(places[i] - (i + 0.5) / places.length));
    }
    assertTrue(distance < KOLMOGOROV, "distance from even: " + distance);
  }

  private static void assertFair(double[] draws, int low, int high) {
    double expected = (double) DRAWS / (high - low + 1);
    double chiSquare = 0;
    for (int value = low; value <= high; value++) {
      int wanted = value;
      long count = Arrays.stream(draws).filter(draw -> draw == wanted).count();
      chiSquare += (count - expected) * (count - expected) / expected;
    }
    // 1 in 1000 exceeds 20.5 with 5 degrees of freedom.
    assertTrue(chiSquare < 20.5, "chi-square " + chiSquare);
  }
}
