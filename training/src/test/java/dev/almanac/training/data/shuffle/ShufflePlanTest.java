package dev.almanac.training.data.shuffle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShufflePlanTest {
  private static final int[] SIZES = {100, 100, 100, 37, 100, 100, 1, 100, 64, 128, 5};

  @Test
  void everyRowComesExactlyOnce() {
    for (int mixed : new int[] {1, 2, 3, 11, 100}) {
      List<String> rows = rows(ShufflePlan.of(SIZES, mixed, "hash", 1, 0));
      Collections.sort(rows);
      List<String> all = new ArrayList<>();
      for (int group = 0; group < SIZES.length; group++) {
        for (int row = 0; row < SIZES[group]; row++) {
          all.add(group + ":" + row);
        }
      }
      Collections.sort(all);
      assertEquals(all, rows);
    }
  }

  @Test
  void equalArgumentsGiveEqualOrders() {
    assertEquals(
        rows(ShufflePlan.of(SIZES, 4, "hash", 1, 3)), rows(ShufflePlan.of(SIZES, 4, "hash", 1, 3)));
  }

  @Test
  void anotherEpochSeedDatasetOrWindowGivesAnotherOrder() {
    List<String> order = rows(ShufflePlan.of(SIZES, 4, "hash", 1, 3));
    assertNotEquals(order, rows(ShufflePlan.of(SIZES, 4, "hash", 1, 4)));
    assertNotEquals(order, rows(ShufflePlan.of(SIZES, 4, "hash", 2, 3)));
    assertNotEquals(order, rows(ShufflePlan.of(SIZES, 4, "hush", 1, 3)));
    assertNotEquals(order, rows(ShufflePlan.of(SIZES, 3, "hash", 1, 3)));
  }

  @Test
  void aWindowsOrderDoesNotNeedTheOthers() {
    List<ShufflePlan.Window> windows = ShufflePlan.of(SIZES, 4, "hash", 1, 3).windows();
    int[] last = windows.get(2).places().order(1);
    windows.get(0).places().order(1);
    assertArrayEquals(
        last, ShufflePlan.of(SIZES, 4, "hash", 1, 3).windows().get(2).places().order(1));
  }

  @Test
  void windowsFollowOneAnother() {
    long row = 0;
    for (ShufflePlan.Window window : ShufflePlan.of(SIZES, 4, "hash", 1, 3).windows()) {
      assertEquals(row, window.firstRow());
      row += window.rows();
    }
    assertEquals(IntStream.of(SIZES).sum(), row);
  }

  /** The first numbers of the reference implementation from state 0. */
  @Test
  void theGeneratorIsSplitMix64() {
    SplitMix64 numbers = new SplitMix64(0);
    assertEquals(0xE220A8397B1DCDAFL, numbers.next());
    assertEquals(0x6E789E6AA1B965F4L, numbers.next());
    assertEquals(0x06C45D188009454FL, numbers.next());
  }

  /**
   * Every place of every row is equally likely: chi-squared, 9 x 9 cells, 64 degrees of freedom.
   */
  @Test
  void rowsGoAnywhereWithEqualChance() {
    int rows = 9;
    int[][] seen = new int[rows][rows];
    int trials = 90_000;
    for (int trial = 0; trial < trials; trial++) {
      int[] values = IntStream.range(0, rows).toArray();
      SplitMix64.of("hash", trial).shuffle(values);
      for (int place = 0; place < rows; place++) {
        seen[values[place]][place]++;
      }
    }
    double expected = trials / (double) rows;
    double chiSquared = 0;
    for (int[] places : seen) {
      for (int count : places) {
        chiSquared += (count - expected) * (count - expected) / expected;
      }
    }
    assertTrue(chiSquared < 112, "chi-squared " + chiSquared + " has a chance of less than 1:5000");
  }

  @Test
  void aWindowTooLargeToCountIsAnError() {
    int[] sizes = new int[40];
    Arrays.fill(sizes, 1 << 26);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> ShufflePlan.of(sizes, 40, "hash", 1, 1));
    assertEquals(
        "Cannot mix 40 row groups: a window has at most 2^31 - 1 rows (2684354560); mix fewer",
        e.getMessage());
  }

  private static List<String> rows(ShufflePlan plan) {
    List<String> rows = new ArrayList<>();
    for (ShufflePlan.Window window : plan.windows()) {
      WindowPlaces places = window.places();
      String[] at = new String[window.rows()];
      for (int slot = 0; slot < window.slots(); slot++) {
        int size = SIZES[window.group(slot)];
        int[] all = new int[size];
        places.of(slot).next(all, size, 1);
        for (int row = 0; row < size; row++) {
          at[all[row]] = window.group(slot) + ":" + row;
        }
      }
      for (int place : places.order(1)) {
        rows.add(at[place]);
      }
    }
    return rows;
  }
}
