package dev.almanac.transforms.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.dataset.part.PartPlan;
import dev.almanac.transforms.dataset.part.PartRows;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolTest {
  private static final TableSchema SCHEMA =
      TableSchema.of(
          Field.required("number", ColumnType.LONG), Field.nullable("text", ColumnType.STRING));
  private static final int ROWS = 50_000;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7})
  void sourceOrderComesBackWhateverTheNumberOfSpoolsAndParts(int spools) throws IOException {
    List<PartPlan.Slice> slices = spool(spools, false);
    for (int parts : new int[] {1, 2, 5}) {
      List<Long> rows = new ArrayList<>();
      for (PartPlan plan : PartPlan.of(Split.TRAIN, slices, false, parts)) {
        List<Long> part = rows(plan);
        assertEquals(plan.rows(), part.size());
        rows.addAll(part);
      }
      assertEquals(LongStream.range(0, ROWS).boxed().toList(), rows);
    }
  }

  @Test
  void shuffledOrderIsTheSameHoweverTheWorkWasDivided() throws IOException {
    List<Long> one = shuffled(1, 4);
    assertEquals(one, shuffled(5, 4));
    assertEquals(ROWS, one.stream().distinct().count());
    assertNotEquals(LongStream.range(0, ROWS).boxed().toList(), one);
  }

  @Test
  void shuffledPartsAreCutsOfOneOrder() throws IOException {
    assertEquals(shuffled(3, 1), shuffled(3, 6));
  }

  @Test
  void aShuffledPartIsAFairSample() throws IOException {
    List<PartPlan> plans = PartPlan.of(Split.TRAIN, spool(2, true), true, 10);
    for (PartPlan plan : plans) {
      List<Long> rows = rows(plan);
      assertEquals(ROWS / 10.0, rows.size(), 400);
      assertEquals(
          ROWS / 2.0, rows.stream().mapToLong(Long::longValue).average().orElseThrow(), 1000);
    }
  }

  @Test
  void aSplitWithoutRowsHasNoParts() {
    assertTrue(PartPlan.of(Split.TEST, List.of(), true, 4).isEmpty());
  }

  @Test
  void anUnfinishedSpoolLeavesNothing() throws IOException {
    String path = folder.resolve("spool").toString();
    try (SpoolWriter writer = new SpoolWriter(path, "a", SCHEMA)) {
      writer.add(Split.TRAIN, batch(0, 10));
    }
    assertFalse(Files.exists(Path.of(path)));
    try (var left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  private List<Long> shuffled(int spools, int parts) throws IOException {
    List<Long> rows = new ArrayList<>();
    for (PartPlan plan : PartPlan.of(Split.TRAIN, spool(spools, true), true, parts)) {
      rows.addAll(rows(plan));
    }
    return rows;
  }

  private List<PartPlan.Slice> spool(int spools, boolean shuffled) throws IOException {
    ShuffleKey key = new ShuffleKey(42, "file", 0);
    List<PartPlan.Slice> slices = new ArrayList<>();
    for (int i = 0; i < spools; i++) {
      int from = ROWS * i / spools;
      int until = ROWS * (i + 1) / spools;
      String path = folder.resolve("%b-%d-%d".formatted(shuffled, spools, i)).toString();
      try (SpoolWriter writer = new SpoolWriter(path, "attempt", SCHEMA)) {
        for (int at = from; at < until; at += 1000) {
          int size = Math.min(1000, until - at);
          if (shuffled) {
            writer.add(Split.TRAIN, batch(at, size), key.keys(at, size));
          } else {
            writer.add(Split.TRAIN, batch(at, size));
          }
        }
        writer.finish();
      }
      slices.add(new PartPlan.Slice(path, 0, until - from));
    }
    return slices;
  }

  private static ColumnBatch batch(int from, int size) {
    return ColumnBatch.of(
        SCHEMA,
        LongColumn.of(LongStream.range(from, from + size).toArray()),
        StringColumn.of(
            IntStream.range(from, from + size)
                .mapToObj(i -> i % 7 == 0 ? null : "t" + i % 100)
                .toArray(String[]::new)));
  }

  private static List<Long> rows(PartPlan plan) throws IOException {
    List<Long> numbers = new ArrayList<>();
    try (PartRows rows = PartRows.open(plan)) {
      for (ColumnBatch batch = rows.next(); batch != null; batch = rows.next()) {
        LongColumn column = (LongColumn) batch.column("number");
        StringColumn text = (StringColumn) batch.column("text");
        for (int row = 0; row < batch.rows(); row++) {
          long number = column.values()[row];
          assertEquals(number % 7 == 0 ? null : "t" + number % 100, text.value(row));
          numbers.add(number);
        }
      }
    }
    return numbers;
  }
}
