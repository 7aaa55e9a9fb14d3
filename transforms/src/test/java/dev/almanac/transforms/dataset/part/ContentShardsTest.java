package dev.almanac.transforms.dataset.part;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.IntColumn;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.column.Validity;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentShardsTest {
  private static final TableSchema SCHEMA =
      TableSchema.of(
          Field.nullable("number", ColumnType.LONG),
          Field.nullable("real", ColumnType.DOUBLE),
          Field.nullable("text", ColumnType.STRING),
          Field.required("feature", ColumnType.FLOAT32),
          Field.required("category", ColumnType.INT32));

  @TempDir Path folder;

  @Test
  void aRowHasItsKeyInWhateverBatchItIs() {
    ColumnBatch batch = batch(500, 1);
    long[] keys = ContentKey.of(batch);
    for (int row = 0; row < batch.rows(); row += 7) {
      assertEquals(keys[row], ContentKey.of(batch.take(new int[] {row}))[0]);
    }
    for (ColumnBatch shard : ContentShards.cut(batch).values()) {
      Set<Long> known = new HashSet<>(LongStream.of(keys).boxed().toList());
      assertTrue(LongStream.of(ContentKey.of(shard)).allMatch(known::contains));
    }
  }

  @Test
  void rowsThatDifferInOneCellHaveOtherKeys() {
    ColumnBatch rows =
        ColumnBatch.of(
            SCHEMA,
            new LongColumn(new long[] {0, 0, 1, 0, 0, 0}, nullAt(6, 1)),
            new DoubleColumn(new double[] {0, 0, 0, -0.0, 0, 0}, Validity.all(6)),
            StringColumn.of("", "", "", "", null, ""),
            new FloatColumn(new float[] {0, 0, 0, 0, 0, 0}),
            new IntColumn(new int[] {0, 0, 0, 0, 0, 1}));
    assertEquals(6, LongStream.of(ContentKey.of(rows)).distinct().count());
  }

  @Test
  void everyRowIsInOneShard() {
    ColumnBatch batch = batch(4000, 2);
    Map<Integer, ColumnBatch> shards = ContentShards.cut(batch);
    assertEquals(ContentShards.COUNT, shards.size());
    assertEquals(4000, shards.values().stream().mapToInt(ColumnBatch::rows).sum());
    for (ColumnBatch shard : shards.values()) {
      assertEquals(4000.0 / ContentShards.COUNT, shard.rows(), 80);
    }
  }

  @Test
  void equalRowsGiveEqualSpoolsInWhateverOrderTheyCome() throws IOException {
    ColumnBatch whole = batch(30_000, 3);
    ColumnBatch shard = ContentShards.cut(whole).get(5);
    int[] twice = IntStream.range(0, 2 * shard.rows()).map(i -> i % shard.rows()).toArray();
    ColumnBatch rows = shard.take(twice);
    byte[] one = spool("one", List.of(rows));
    for (int batchRows : new int[] {1 << 20, 1000, 17}) {
      assertArrayEquals(one, spool("of " + batchRows, shuffled(rows, batchRows)));
    }
  }

  @Test
  void rowsWhoseKeysMeetByChanceAreSettledByTheirCells() {
    ColumnBatch rows = batch(300, 4);
    long[] keys = LongStream.range(0, 300).map(row -> row / 50).toArray();
    ColumnBatch settled = ContentOrder.settled(rows, keys);
    Random random = new Random(5);
    for (int round = 0; round < 10; round++) {
      int[] order = new int[300];
      for (int group = 0; group < 6; group++) {
        int first = 50 * group;
        List<Integer> places = new ArrayList<>(IntStream.range(first, first + 50).boxed().toList());
        Collections.shuffle(places, random);
        for (int i = 0; i < 50; i++) {
          order[first + i] = places.get(i);
        }
      }
      assertEquals(settled, ContentOrder.settled(rows.take(order), keys));
    }
  }

  private byte[] spool(String name, List<ColumnBatch> batches) throws IOException {
    Path path = folder.resolve(name);
    Shard shard = new Shard(Split.VALIDATION, 5);
    long rows = ContentShards.spool(path.toString(), shard, 42, batches);
    assertEquals(batches.stream().mapToLong(ColumnBatch::rows).sum(), rows);
    try (var files = Files.list(folder)) {
      assertTrue(files.allMatch(file -> !file.getFileName().toString().contains(".")));
    }
    return Files.readAllBytes(path);
  }

  private static List<ColumnBatch> shuffled(ColumnBatch rows, int batchRows) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, rows.rows()).boxed().toList());
    Collections.shuffle(order, new Random(batchRows));
    int[] places = order.stream().mapToInt(Integer::intValue).toArray();
    List<ColumnBatch> batches = new ArrayList<>();
    for (int from = 0; from < places.length; from += batchRows) {
      int until = (int) Math.min(places.length, (long) from + batchRows);
      batches.add(rows.take(Arrays.copyOfRange(places, from, until)));
    }
    return batches;
  }

  private static Validity nullAt(int rows, int at) {
    return Validity.of(rows, new long[] {(1L << rows) - 1 & ~(1L << at)});
  }

  private static ColumnBatch batch(int rows, long seed) {
    Random random = new Random(seed);
    long[] numbers = random.longs(rows, 0, 1000).toArray();
    double[] reals = random.doubles(rows).toArray();
    String[] texts = new String[rows];
    float[] features = new float[rows];
    int[] categories = new int[rows];
    for (int row = 0; row < rows; row++) {
      texts[row] = random.nextInt(9) == 0 ? null : "text " + random.nextInt(50);
      features[row] = random.nextInt(4);
      categories[row] = random.nextInt(4);
    }
    return ColumnBatch.of(
        SCHEMA,
        LongColumn.of(numbers),
        new DoubleColumn(reals, Validity.all(rows)),
        StringColumn.of(texts),
        new FloatColumn(features),
        new IntColumn(categories));
  }
}
