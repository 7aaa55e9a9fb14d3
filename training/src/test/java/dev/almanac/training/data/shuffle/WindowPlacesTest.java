package dev.almanac.training.data.shuffle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowPlacesTest {
  private static final int[] SIZES = {10_000, 1, 4_097, 0, 8_191, 37};
  private static final int ROWS = IntStream.of(SIZES).sum();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8, 256})
  void everyPlaceIsTakenOnceAndReadOnce(int buckets) {
    WindowPlaces places = new WindowPlaces(7, SIZES, buckets);
    int[] all = IntStream.range(0, ROWS).toArray();
    int[] taken = places(places, SIZES);
    assertArrayEquals(all, Arrays.stream(taken).sorted().toArray());
    assertArrayEquals(all, Arrays.stream(places.order(1)).sorted().toArray());
  }

  @Test
  void aSlotsPlacesAreTheSameInPartsAndScaled() {
    WindowPlaces places = new WindowPlaces(7, SIZES);
    int[] whole = new int[SIZES[0]];
    places.of(0).next(whole, whole.length, 1);
    WindowPlaces.Cursor parts = places.of(0);
    for (int from = 0; from < whole.length; from += 4_096) {
      int rows = Math.min(4_096, whole.length - from);
      int[] part = new int[rows];
      parts.next(part, rows, 3);
      for (int row = 0; row < rows; row++) {
        assertEquals(3 * whole[from + row], part[row]);
      }
    }
  }

  @Test
  void anotherSeedIsAnotherOrder() {
    assertArrayEquals(new WindowPlaces(7, SIZES).order(1), new WindowPlaces(7, SIZES).order(1));
    assertNotEquals(
        Arrays.hashCode(new WindowPlaces(7, SIZES).order(1)),
        Arrays.hashCode(new WindowPlaces(8, SIZES).order(1)));
  }

  /** Chi-squared over all 120 orders of five rows in three slots: 119 degrees of freedom. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 256})
  void everyOrderHasTheSameChance(int buckets) {
    int[] sizes = {2, 0, 3};
    int trials = 120_000;
    Map<String, Integer> seen = new HashMap<>();
    for (int trial = 0; trial < trials; trial++) {
      WindowPlaces places = new WindowPlaces(SplitMix64.of("test", trial).next(), sizes, buckets);
      int[] rows = places(places, sizes);
      int[] at = new int[rows.length];
      for (int row = 0; row < rows.length; row++) {
        at[rows[row]] = row;
      }
      StringBuilder order = new StringBuilder();
      for (int place : places.order(1)) {
        order.append(at[place]);
      }
      seen.merge(order.toString(), 1, Integer::sum);
    }
    double expected = trials / 120.0;
    double chiSquared = 0;
    for (int count : seen.values()) {
      chiSquared += (count - expected) * (count - expected) / expected;
    }
    assertEquals(120, seen.size());
    assertTrue(chiSquared < 180, "chi-squared " + chiSquared + " has a chance of less than 1:4000");
  }

  /** Rows that follow one another in the file end up anywhere: the mean distance is a third. */
  @Test
  void neighboursAreDrivenApart() {
    WindowPlaces places = new WindowPlaces(7, SIZES);
    int[] rows = places(places, SIZES);
    int[] order = places.order(1);
    int[] readAt = new int[ROWS];
    for (int i = 0; i < ROWS; i++) {
      readAt[order[i]] = i;
    }
    double distance = 0;
    for (int row = 1; row < ROWS; row++) {
      distance += Math.abs(readAt[rows[row]] - readAt[rows[row - 1]]);
    }
    assertEquals(1.0 / 3, distance / (ROWS - 1) / ROWS, 0.01);
  }

  private static int[] places(WindowPlaces places, int[] sizes) {
    int[] all = new int[IntStream.of(sizes).sum()];
    int at = 0;
    for (int slot = 0; slot < sizes.length; slot++) {
      int[] some = new int[sizes[slot]];
      places.of(slot).next(some, sizes[slot], 1);
      System.arraycopy(some, 0, all, at, some.length);
      at += some.length;
    }
    return all;
  }
}
