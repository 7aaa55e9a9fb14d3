package dev.almanac.training.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinEdgesTest {
  /** A column of which a share of the rows is zero and the rest is spread out. */
  private static float[] zeros(double share, int rows, Random random) {
    float[] column = new float[rows];
    for (int row = 0; row < rows; row++) {
      column[row] = random.nextDouble() < share ? 0 : (float) Math.exp(random.nextGaussian());
    }
    return column;
  }

  private static int rowsBetween(float[] column, float from, float until) {
    int rows = 0;
    for (float value : column) {
      rows += value > from && value < until ? 1 : 0;
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 0.92, 0.99})
  void aColumnOfManyZerosHasTheBinsItWasAskedForAndTheyShareTheRest(double share) {
    float[] column = zeros(share, 20_000, new Random(7));
    float[] edges = BinEdges.of(column, 16);
    assertEquals(17, edges.length);
    int others = 20_000 - rowsBetween(column, -1, 1e-30f);
    for (int bin = 0; bin < 16; bin++) {
      assertEquals(others / 16.0, rowsBetween(column, edges[bin], edges[bin + 1]), 3);
    }
  }

  @Test
  void noBinGoesThroughAValueThatManyRowsHave() {
    float[] column = zeros(0, 9_000, new Random(1));
    for (int row = 0; row < 6_000; row++) {
      column[row] = row < 4_000 ? 1.5f : 0.25f;
    }
    float[] edges = BinEdges.of(column, 8);
    assertEquals(9, edges.length);
    assertTrue(Arrays.binarySearch(edges, 1.5f) >= 0);
    assertTrue(Arrays.binarySearch(edges, 0.25f) >= 0);
  }

  @Test
  void edgesAscendAndAreValuesOfTheColumnWhateverItIs() {
    Random random = new Random(3);
    for (int trial = 0; trial < 2_000; trial++) {
      float[] column = new float[1 + random.nextInt(60)];
      int values = 1 + random.nextInt(40);
      double power = 1 + random.nextInt(4);
      TreeSet<Float> different = new TreeSet<>();
      for (int row = 0; row < column.length; row++) {
        column[row] = (int) (values * Math.pow(random.nextDouble(), power)) - 3;
        different.add(column[row]);
      }
      int bins = 2 + random.nextInt(20);
      float[] edges = BinEdges.of(column, bins);
      assertEquals(Math.min(different.size(), bins + 1), edges.length);
      assertEquals(different.first(), edges[0]);
      assertEquals(different.last(), edges[edges.length - 1]);
      for (int i = 0; i < edges.length; i++) {
        assertTrue(different.contains(edges[i]));
        assertTrue(i == 0 || edges[i - 1] < edges[i]);
      }
    }
  }

  @Test
  void columnsThatSayNothingHaveNoBins() {
    assertArrayEquals(new float[] {2}, BinEdges.of(new float[] {2, 2, 2}, 4));
    assertArrayEquals(new float[0], BinEdges.of(new float[0], 4));
    float[] noise = {1, 1 + 2e-7f, 1 + 4e-7f};
    assertArrayEquals(new float[] {1}, BinEdges.of(noise, 4));
  }

  @Test
  void aNumberThatIsMissingIsNoEdge() {
    float[] column = {Float.NaN, 1, 2, Float.NaN};
    assertArrayEquals(new float[] {1, 2}, BinEdges.of(column, 4));
  }

  @Test
  void theColumnStaysAsItIs() {
    float[] column = {3, 1, 2};
    BinEdges.of(column, 2);
    assertArrayEquals(new float[] {3, 1, 2}, column);
  }
}
