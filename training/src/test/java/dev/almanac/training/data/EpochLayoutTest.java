package dev.almanac.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.training.data.shuffle.LastBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpochLayoutTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 4, 3",
    "1, 0, 4, 3",
    "2, 0, 4, 3",
    "3, 0, 4, 3",
    "12, 0, 4, 3",
    "13, 0, 4, 3",
    "23, 0, 4, 3",
    "100, 0, 7, 1",
    "100, 17, 7, 1",
    "100, 17, 7, 5",
    "100, 100, 7, 5",
    "101, 99, 1, 4",
    "103, 99, 1, 4",
    "1000, 1, 64, 8"
  })
  void everyRowIsOnOneRankOrCountedAsDropped(long rows, long firstRow, int batch, int ranks) {
    for (LastBatch last : LastBatch.values()) {
      List<Long> seen = new ArrayList<>();
      for (int rank = 0; rank < ranks; rank++) {
        EpochLayout layout = new EpochLayout(rows, firstRow, batch, rank, ranks, last);
        List<Long> own = rowsOf(layout);
        assertEquals(layout.rankRows(), own.size());
        assertEquals(
            new EpochLayout(rows, firstRow, batch, 0, ranks, last).steps(), layout.steps());
        for (long place = 0; place <= rows; place++) {
          long before = place;
          assertEquals(
              own.stream().filter(row -> row < before).count(), layout.rankRowsBefore(place));
        }
        assertTrue(layout.droppedRows() < (last == LastBatch.KEEP ? ranks : (long) batch * ranks));
        seen.addAll(own);
      }
      EpochLayout first = new EpochLayout(rows, firstRow, batch, 0, ranks, last);
      assertEquals(
          LongStream.range(firstRow, rows - first.droppedRows()).boxed().toList(),
          seen.stream().sorted().toList());
      assertEquals(first.droppedRows() == 0, first.said().isEmpty());
    }
  }

  @ParameterizedTest
  @CsvSource({"100, 7, 5", "100, 7, 1", "1000, 64, 3"})
  void ranksOfAStepHaveBatchesThatDifferByOneRowAtMost(long rows, int batch, int ranks) {
    for (long step = 0; step < layout(rows, batch, 0, ranks).steps(); step++) {
      int least = Integer.MAX_VALUE;
      int most = 0;
      for (int rank = 0; rank < ranks; rank++) {
        int size = layout(rows, batch, rank, ranks).batchRows(step);
        least = Math.min(least, size);
        most = Math.max(most, size);
      }
      assertTrue(least > 0 && most - least <= 1, "step " + step);
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "5", "14"})
  void goingOnFromAStepIsTheRestOfTheWhole(long step) {
    EpochLayout whole = layout(100, 7, 0, 1);
    EpochLayout rest = new EpochLayout(100, whole.rowAfter(step), 7, 0, 1, LastBatch.KEEP);
    List<Long> rows = rowsOf(whole);
    assertEquals(rows.subList((int) whole.rowAfter(step), rows.size()), rowsOf(rest));
  }

  @Test
  void whatIsLeftOutIsSaid() {
    assertEquals("", new EpochLayout(99, 0, 4, 1, 3, LastBatch.KEEP).said());
    assertEquals(
        "2 of 98 rows are left out of each epoch: they do not fill a batch of 1 rows on each of 3 ranks",
        new EpochLayout(98, 0, 4, 1, 3, LastBatch.KEEP).said());
    assertEquals(
        "5 of 101 rows are left out of each epoch: they do not fill a batch of 4 rows on each of 3 ranks",
        new EpochLayout(101, 0, 4, 1, 3, LastBatch.DROP).said());
  }

  private static EpochLayout layout(long rows, int batch, int rank, int ranks) {
    return new EpochLayout(rows, 0, batch, rank, ranks, LastBatch.KEEP);
  }

  private static List<Long> rowsOf(EpochLayout layout) {
    List<Long> rows = new ArrayList<>();
    for (long step = 0; step < layout.steps(); step++) {
      for (int i = 0; i < layout.batchRows(step); i++) {
        rows.add(layout.firstRow(step) + i);
      }
    }
    return rows;
  }
}
