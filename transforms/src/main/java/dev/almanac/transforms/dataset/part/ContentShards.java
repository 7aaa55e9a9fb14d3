package dev.almanac.transforms.dataset.part;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.Gather;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.spool.ShuffleKey;
import dev.almanac.transforms.spool.SpoolWriter;
import dev.almanac.transforms.staging.Staging;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Puts rows that come in any order into one that their content and a seed decide.
 *
 * <p>The rows of a split are cut into {@value #COUNT} shards by the first bits of their {@link
 * ContentKey}, so that equal rows meet in one. A shard is sorted by content, in bounded memory but
 * for rows that share a key, and the n-th of equal rows becomes the n-th whoever it was. A hash of
 * seed, content and n is the row's place in the shuffled order: equal rows lie far apart, as others
 * do.
 */
public final class ContentShards {
  private static final int BITS = 4;

  /** Shards of a split: as many workers can sort one at the same time. */
  static final int COUNT = 1 << BITS;

  private ContentShards() {}

  /** The rows of each shard that the batch has rows of, none of its text but their own. */
  public static Map<Integer, ColumnBatch> cut(ColumnBatch batch) {
    long[] keys = ContentKey.of(batch);
    Map<Integer, ColumnBatch> shards = new TreeMap<>();
    for (int shard = 0; shard < COUNT; shard++) {
      int wanted = shard;
      int[] rows =
          IntStream.range(0, keys.length)
              .filter(row -> keys[row] >>> Long.SIZE - BITS == wanted)
              .toArray();
      if (rows.length > 0) {
        int[] first = new int[rows.length];
        shards.put(shard, Gather.rows(batch.schema(), List.of(batch), first, rows));
      }
    }
    return shards;
  }

  /**
   * Writes a shard's rows into a spool in runs of ascending shuffle keys; equal rows give equal
   * bytes.
   *
   * @return how many rows there were
   */
  public static long spool(String path, Shard shard, long seed, Iterable<ColumnBatch> batches)
      throws IOException {
    String attempt = Staging.attempt();
    String sorted = path + "." + attempt + ".sorted";
    PartPlan.Slice rows =
        new PartPlan.Slice(sorted, 0, sort(sorted, attempt, shard.split(), batches));
    long low = (long) shard.number() << Long.SIZE - BITS;
    PartPlan.KeyRange range = new PartPlan.KeyRange(low, low | -1L >>> BITS);
    PartPlan plan = new PartPlan(shard.split(), 0, 1, List.of(rows), range);
    try (PartRows ordered = PartRows.open(plan)) {
      ColumnBatch batch = ordered.next();
      try (SpoolWriter spool = new SpoolWriter(path, attempt, batch.schema())) {
        for (; batch != null; batch = ordered.next()) {
          long[] keys = ContentKey.of(batch);
          spool.add(shard.split(), ContentOrder.settled(batch, keys), places(keys, seed));
        }
        spool.finish();
      }
    } finally {
      Storage.delete(List.of(sorted));
    }
    return rows.rows();
  }

  private static long sort(String path, String attempt, Split split, Iterable<ColumnBatch> batches)
      throws IOException {
    Iterator<ColumnBatch> rest = batches.iterator();
    ColumnBatch batch = rest.next();
    long rows = 0;
    try (SpoolWriter spool = new SpoolWriter(path, attempt, batch.schema())) {
      while (true) {
        spool.add(split, batch, ContentKey.of(batch));
        rows += batch.rows();
        if (!rest.hasNext()) {
          break;
        }
        batch = rest.next();
      }
      spool.finish();
    }
    return rows;
  }

  /** The shuffle keys of rows whose content keys ascend; a batch holds all rows of a key. */
  private static long[] places(long[] contents, long seed) {
    long[] places = Arrays.copyOf(contents, contents.length);
    int equal = 0;
    for (int row = 0; row < places.length; row++) {
      equal = row > 0 && contents[row] == contents[row - 1] ? equal + 1 : 0;
      places[row] = ShuffleKey.key(ShuffleKey.key(contents[row], seed), equal);
    }
    return places;
  }
}
