package dev.almanac.training.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.training.Problem;
import dev.almanac.training.TestDataset;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.IntColumn;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowSampleTest {
  private static final int[] FILES = {700, 1300};
  private static final int ROWS = 2000;

  @TempDir Path folder;
  private Dataset dataset;

  /** Rows whose label and category are their place in the split. */
  @BeforeEach
  void writeDataset() throws IOException {
    TestDataset rows =
        new TestDataset(
            folder,
            Problem.columns(0, List.of(Problem.category("place", ROWS)), Problem.number(0, 1)));
    int at = 0;
    for (int size : FILES) {
      int[] place = new int[size];
      float[] label = new float[size];
      for (int row = 0; row < size; row++) {
        place[row] = at;
        label[row] = at++;
      }
      rows.file(Split.TEST, new IntColumn(place), new FloatColumn(label));
    }
    dataset = rows.write();
  }

  private int[] sample(int most, long seed) throws IOException {
    ColumnBatch rows = RowSample.of(dataset, Split.TEST, List.of("y", "place"), most, seed);
    int[] places = ((IntColumn) rows.column("place")).values();
    float[] labels = EncodedRows.floats(rows, "y");
    for (int row = 0; row < places.length; row++) {
      assertEquals(places[row], labels[row]);
    }
    return places;
  }

  @Test
  void allRowsAreTakenWhenThereAreNoMore() throws IOException {
    for (int most : new int[] {ROWS, ROWS + 1}) {
      int[] places = sample(most, 1);
      assertEquals(ROWS, places.length);
      for (int row = 0; row < ROWS; row++) {
        assertEquals(row, places[row]);
      }
    }
  }

  @Test
  void asManyAsAskedForAreTakenInOrderAndNoneTwice() throws IOException {
    int[] places = sample(123, 1);
    assertEquals(123, places.length);
    for (int row = 1; row < places.length; row++) {
      assertTrue(places[row] > places[row - 1]);
    }
  }

  @Test
  void everyRowIsAsLikelyAsAnyOther() throws IOException {
    int draws = 400;
    int[] taken = new int[ROWS];
    for (int draw = 0; draw < draws; draw++) {
      for (int place : sample(500, draw)) {
        taken[place]++;
      }
    }
    // Binomial of 400 and 1/4: mean 100, deviation 8.66; chi-square over it has 1999 degrees.
    double square = 0;
    for (int count : taken) {
      square += (count - 100.0) * (count - 100.0) / 75;
    }
    assertEquals(ROWS, square, 5 * Math.sqrt(2.0 * ROWS));
  }

  @Test
  void theSeedDecides() throws IOException {
    assertEquals(box(sample(50, 1)), box(sample(50, 1)));
    assertNotEquals(box(sample(50, 1)), box(sample(50, 2)));
  }

  private static List<Integer> box(int[] places) {
    return Arrays.stream(places).boxed().toList();
  }
}
