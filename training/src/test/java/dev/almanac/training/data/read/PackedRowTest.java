package dev.almanac.training.data.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.almanac.training.data.Batch;
import dev.almanac.training.data.BatchFiller;
import dev.almanac.training.data.BatchPool;
import dev.almanac.training.data.LoadedWindow;
import dev.almanac.training.data.ReaderMemory;
import dev.almanac.training.data.shuffle.ShufflePlan;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that are laid and read again are what they were, whatever the number of columns. */
class PackedRowTest {
  private static final int ROWS = 1_500;
  private static final int STRIDE = ROWS + 3;

  @ParameterizedTest
  @CsvSource({
    "0, 1", "1, 0", "1, 1", "2, 0", "2, 1", "3, 2", "4, 3", "5, 4", "7, 0", "8, 1", "9, 6", "20, 5",
    "21, 5", "64, 11"
  })
  void cellsComeBack(int numeric, int nominal) {
    int width = numeric + nominal + 1;
    int[] cells = new int[width * STRIDE];
    Random random = new Random(numeric * 31 + nominal);
    for (int i = 0; i < cells.length; i++) {
      cells[i] = random.nextInt();
    }
    PackedRow row = new PackedRow(numeric, nominal);
    LoadedWindow window =
        new LoadedWindow(ShufflePlan.of(new int[] {ROWS}, 1, "hash", 5, 0).windows().get(0), ROWS);
    window.prepare(new ReaderMemory(new Object(), ROWS * row.words(), 0, 0));
    int[] words = new int[ROWS];
    window.places().of(0).next(words, ROWS, row.words());
    row.lay(cells, STRIDE, ROWS, words, window.store());
    int[] order = window.places().order(row.words());
    window.ordered(order);
    Batch batch = new BatchPool(new Object(), numeric, nominal).take(ROWS);
    batch.open(ROWS, true);
    // The parts of a batch may be filled by two threads, the later part first.
    BatchFiller filler = new BatchFiller(row);
    filler.fill(window, 701, ROWS, batch, 701);
    filler.fill(window, 0, 701, batch, 0);
    int[] rowAt = new int[ROWS * row.words()];
    for (int i = 0; i < ROWS; i++) {
      rowAt[words[i]] = i;
    }
    for (int i = 0; i < ROWS; i++) {
      int source = rowAt[order[i]];
      for (int column = 0; column < width; column++) {
        assertEquals(
            cells[column * STRIDE + source],
            cell(batch, i, column, numeric, nominal),
            "row " + i + ", column " + column);
      }
    }
  }

  private static int cell(Batch batch, int row, int column, int numeric, int nominal) {
    if (column < numeric) {
      return batch.numeric().asIntBuffer().get(row * numeric + column);
    }
    if (column < numeric + nominal) {
      return batch.categories().asIntBuffer().get(row * nominal + column - numeric);
    }
    return batch.labels().asIntBuffer().get(row);
  }
}
