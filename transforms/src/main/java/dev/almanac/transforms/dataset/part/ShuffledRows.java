package dev.almanac.transforms.dataset.part;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.Gather;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.spool.KeyOrder;
import dev.almanac.transforms.spool.SpoolBlock;
import dev.almanac.transforms.spool.SpoolReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows in the order of their shuffle keys.
 *
 * <p>The part's range of keys is walked in steps of about {@value #STEP_ROWS} rows, or fewer of a
 * wide table; each step reads the blocks that reach into it and sorts their rows, so memory does
 * not grow with the part.
 */
final class ShuffledRows extends PartRows {
  private static final int STEP_ROWS = 1 << 16;

  /** 16 MiB of numbers. */
  private static final int STEP_CELLS = 1 << 21;

  private final List<Cursor> cursors = new ArrayList<>();
  private final TableSchema schema;
  private final long last;
  private final long step;
  private long low;
  private boolean done;
  private SortedKeys sortedKeys;

  /** The keys of the latest rows, put in their order when somebody asks. */
  private record SortedKeys(long[] keys, int[] order) {}

  /** A place in one sorted run of a spool. */
  private static final class Cursor {
    private final SpoolReader spool;
    private final List<SpoolBlock> blocks;
    private int next;
    private SpoolReader.Rows rows;
    private int at;

    Cursor(SpoolReader spool, List<SpoolBlock> blocks) {
      this.spool = spool;
      this.blocks = blocks;
    }

    /** Moves to the next row that was not taken yet; false when there is none. */
    boolean hasRow() throws IOException {
      while (rows == null || at == rows.batch().rows()) {
        if (next == blocks.size()) {
          rows = null;
          return false;
        }
        rows = spool.read(blocks.get(next++));
        at = 0;
      }
      return true;
    }
  }

  ShuffledRows(PartPlan plan) throws IOException {
    TableSchema found = null;
    for (PartPlan.Slice slice : plan.slices()) {
      SpoolReader spool = openSpool(slice.spool());
      found = spool.schema();
      openRuns(spool, plan);
    }
    long expected = Math.max(1, plan.rows() / plan.parts());
    long stepRows = Math.max(1, Math.min(STEP_ROWS, STEP_CELLS / Math.max(1, found.size())));
    long steps = (expected + stepRows - 1) / stepRows;
    this.schema = found;
    this.low = plan.keys().low();
    this.last = plan.keys().high();
    this.step = Long.divideUnsigned(last - low, steps);
  }

  private void openRuns(SpoolReader spool, PartPlan plan) {
    int run = -1;
    List<SpoolBlock> blocks = new ArrayList<>();
    for (SpoolBlock block : spool.blocks(plan.split())) {
      if (!block.keys().meet(plan.keys().low(), plan.keys().high())) {
        continue;
      }
      if (block.run() != run) {
        blocks = new ArrayList<>();
        cursors.add(new Cursor(spool, blocks));
        run = block.run();
      }
      blocks.add(block);
    }
  }

  /** The keys of the latest rows. */
  long[] keys() {
    return IntStream.of(sortedKeys.order).mapToLong(row -> sortedKeys.keys[row]).toArray();
  }

  @Override
  public ColumnBatch next() throws IOException {
    ColumnBatch rows = null;
    while (!done && rows == null) {
      rows = nextStep();
    }
    return rows;
  }

  private ColumnBatch nextStep() throws IOException {
    long high = Long.compareUnsigned(last - low, step) <= 0 ? last : low + step;
    List<ColumnBatch> batches = new ArrayList<>();
    int[] batch = new int[STEP_ROWS];
    int[] row = new int[STEP_ROWS];
    long[] keys = new long[STEP_ROWS];
    int size = 0;
    for (Cursor cursor : cursors) {
      ColumnBatch current = null;
      while (cursor.hasRow()) {
        long key = cursor.rows.keys()[cursor.at];
        if (Long.compareUnsigned(key, high) > 0) {
          break;
        }
        if (Long.compareUnsigned(key, low) >= 0) {
          if (current != cursor.rows.batch()) {
            current = cursor.rows.batch();
            batches.add(current);
          }
          if (size == keys.length) {
            batch = Arrays.copyOf(batch, 2 * size);
            row = Arrays.copyOf(row, 2 * size);
            keys = Arrays.copyOf(keys, 2 * size);
          }
          batch[size] = batches.size() - 1;
          row[size] = cursor.at;
          keys[size++] = key;
        }
        cursor.at++;
      }
    }
    low = high + 1;
    done = high == last;
    if (size == 0) {
      return null;
    }
    int[] order = KeyOrder.of(Arrays.copyOf(keys, size));
    int[] sortedBatch = new int[size];
    int[] sortedRow = new int[size];
    for (int i = 0; i < size; i++) {
      sortedBatch[i] = batch[order[i]];
      sortedRow[i] = row[order[i]];
    }
    sortedKeys = new SortedKeys(keys, order);
    return Gather.rows(schema, batches, sortedBatch, sortedRow);
  }
}
