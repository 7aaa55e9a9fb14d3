package dev.almanac.training.search.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.space.SearchException;
import dev.almanac.training.search.space.SearchSpace;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SobolSamplerTest extends SamplerContract {
  /** As Joe and Kuo publish them, for three coordinates. */
  private static final double[][] PUBLISHED = {
    {0, 0, 0},
    {0.5, 0.5, 0.5},
    {0.75, 0.25, 0.25},
    {0.25, 0.75, 0.75},
    {0.375, 0.375, 0.625},
    {0.875, 0.875, 0.125},
    {0.625, 0.125, 0.875},
    {0.125, 0.625, 0.375},
    {0.1875, 0.3125, 0.9375},
    {0.6875, 0.8125, 0.4375}
  };

  @Override
  Sampler sampler() {
    return new SobolSampler();
  }

  @Test
  void pointsAreThosePublished() {
    for (int number = 0; number < PUBLISHED.length; number++) {
      assertArrayEquals(PUBLISHED[number], new Sobol(3).point(number));
    }
  }

  /** Of the first 2^(a + b) points each box of 2^-a by 2^-b has one, scrambled or not. */
  @Test
  void scrambledPointsLieAsEvenly() {
    Sobol sobol = new Sobol(2);
    for (long seed = 0; seed < 5; seed++) {
      for (int a = 0; a <= 8; a++) {
        boolean[] taken = new boolean[256];
        for (int number = 0; number < 256; number++) {
          double[] point = sobol.point(number, seed);
          int box = (int) (point[0] * (1 << a)) << 8 - a | (int) (point[1] * (1 << 8 - a));
          assertTrue(!taken[box], "box " + box + " of seed " + seed);
          taken[box] = true;
        }
      }
    }
    assertNotEquals(Arrays.toString(sobol.point(9, 1)), Arrays.toString(sobol.point(9, 2)));
  }

  /** A scrambled point is uniform over the seeds: Kolmogorov and Smirnov's bound at 1 in 1,000. */
  @Test
  void eachPointIsUniform() {
    for (int number : new int[] {0, 1, 6}) {
      double[] places = new double[2_000];
      for (int seed = 0; seed < places.length; seed++) {
        places[seed] = new Sobol(3).point(number, seed)[2];
      }
      Arrays.sort(places);
      double most = 0;
      for (int i = 0; i < places.length; i++) {
        most = Math.max(most, Math.abs(places[i] - (i + 0.5) / places.length));
      }
      assertTrue(most < 1.95 / Math.sqrt(places.length), "distance " + most);
    }
  }

  @Test
  void ofFourChoicesEachIsTriedAsOften() {
    SearchSpace space = space("{\"a\": {\"choice\": [1, 2, 3, 4]}, \"b\": {\"float\": [0, 1]}}");
    Map<Integer, Integer> counts = new TreeMap<>();
    for (int number = 0; number < 64; number++) {
      Map<String, JsonNode> values = sampler().suggest(space, 3, number, List.of()).orElseThrow();
      counts.merge(values.get("a").intValue(), 1, Integer::sum);
    }
    assertEquals(Map.of(1, 16, 2, 16, 3, 16, 4, 16), counts);
  }

  @Test
  void aSpaceOfMoreParametersThanThereAreCoordinatesIsRefused() {
    StringBuilder json = new StringBuilder("{\"p\": {\"constant\": 1}");
    for (int i = 0; i < 1_000; i++) {
      json.append(", \"p").append(i).append("\": {\"constant\": 1}");
    }
    SearchSpace space = space(json + "}");
    assertEquals(
        "Cannot search by sobol: it has coordinates for 1000 parameters (1001)",
        assertThrows(SearchException.class, () -> sampler().trials(space)).getMessage());
  }
}
