package dev.almanac.training.data;

import dev.almanac.training.data.read.CellReader;
import dev.almanac.training.data.read.EncodedColumns;
import dev.almanac.training.data.read.PackedRow;
import dev.almanac.training.data.read.RowGroupCatalog;
import dev.almanac.training.data.shuffle.ReaderConfig;
import dev.almanac.training.data.shuffle.ShufflePlan;
import dev.almanac.training.data.shuffle.ShuffleQuality;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.problem.RefusedException;
import dev.almanac.transforms.split.Split;
import java.io.IOException;

/**
 * Reads a split in shuffled batches, one step ahead of the training.
 *
 * <p>{@link ShufflePlan} gives the order of an epoch; threads and memory do not change it. One
 * epoch is open at a time. The next one reuses its memory, and its first window is read as soon as
 * the threads are idle. Not thread-safe.
 */
public final class TrainingReader implements AutoCloseable {
  /** Small batches are made further ahead, so that their consumer seldom waits. */
  private static final long AHEAD_BYTES = 8L << 20;

  private static final int MOST_AHEAD = 32;

  private final OpenSplit split;
  private final RowGroupCatalog catalog;
  private final ReaderConfig config;
  private final Object lock = new Object();
  private final BatchPool batches;
  private final int mostBatches;
  private final ReaderMemory memory;
  private ShuffleMeter meter;
  private Begun ahead;
  private Epoch current;

  private TrainingReader(OpenSplit split, ReaderConfig config) {
    this.split = split;
    this.catalog = split.catalog();
    this.config = config;
    EncodedColumns columns = catalog.encoded();
    int numeric = columns.numeric().size();
    int nominal = columns.nominal().size();
    long batchBytes = Batch.bytes(config.batchSize(), numeric, nominal);
    this.batches = new BatchPool(lock, numeric, nominal);
    this.mostBatches = config.threads() + 2 + (int) Math.min(MOST_AHEAD, AHEAD_BYTES / batchBytes);
    int slots = Math.min(config.mixedRowGroups(), catalog.rowGroups().size());
    long windowRows = catalog.mostRows(slots);
    long windowWords = windowRows * PackedRow.of(columns).words();
    if (windowWords > Integer.MAX_VALUE - 8) {
      throw new RefusedException(
          "Cannot read split '%s' of %s: %s mixed row groups take %s bytes (at most 16 GiB); lower mixed-row-groups"
              .formatted(
                  catalog.split(), catalog.dataset().folder(), slots, windowWords * Long.BYTES));
    }
    long windowBytes = windowWords * Long.BYTES + windowRows * Integer.BYTES;
    long fixedBytes = mostBatches * batchBytes + config.threads() * CellReader.bytes(catalog);
    if (windowBytes + fixedBytes > config.maxBytes()) {
      throw new RefusedException(
          "Cannot read split '%s' of %s: %s mixed row groups of up to %s rows, %s threads and %s batches of %s rows take %s bytes (at most %s); lower mixed-row-groups, or give more memory"
              .formatted(
                  catalog.split(),
                  catalog.dataset().folder(),
                  slots,
                  catalog.mostRows(1),
                  config.threads(),
                  mostBatches,
                  config.batchSize(),
                  windowBytes + fixedBytes,
                  config.maxBytes()));
    }
    this.memory =
        new ReaderMemory(lock, (int) windowWords, windowBytes, config.maxBytes() - fixedBytes);
  }

  /**
   * A reader of one split of a dataset.
   *
   * @throws IOException when the split has no rows or its files are not as the dataset says
   * @throws IllegalArgumentException when what must be in memory is more than the config allows
   */
  public static TrainingReader open(Dataset dataset, Split split, ReaderConfig config)
      throws IOException {
    return of(OpenSplit.open(dataset, split, 0), config);
  }

  /**
   * A reader of a split that is open.
   *
   * @throws IllegalArgumentException when what must be in memory is more than the config allows,
   *     rows that stay decoded apart
   */
  public static TrainingReader of(OpenSplit split, ReaderConfig config) {
    return new TrainingReader(split, config);
  }

  /** Rows of the split. */
  public long rows() {
    return catalog.rows();
  }

  /** Rows of the first row groups in an epoch's order. */
  public long rowGroupRows(int epoch, int rowGroups) {
    return ShufflePlan.of(catalog, config, epoch).rowGroupRows(rowGroups);
  }

  /** Rows of each epoch on this rank. */
  public long rowsPerEpoch() {
    return layout(0).rankRows();
  }

  /** Batches of each epoch, the same on every rank. */
  public long stepsPerEpoch() {
    return layout(0).steps();
  }

  /** Which rows go into which step of which rank, and which into none. */
  public EpochLayout layout() {
    return layout(0);
  }

  private EpochLayout layout(long firstRow) {
    return EpochLayout.of(config, rows(), firstRow);
  }

  /** Begins an epoch, and closes the one before if it is open. */
  public Epoch epoch(int number) {
    return epoch(start(number, 0));
  }

  /**
   * Begins an epoch at one of its steps: what comes is what {@link #epoch(int)} gives from there.
   */
  public Epoch epoch(int number, long step) {
    if (number < 0 || step < 0 || step > stepsPerEpoch()) {
      throw new RefusedException(
          "Cannot begin epoch %s at step %s: epochs are from 0, steps from 0 to %s"
              .formatted(number, step, stepsPerEpoch()));
    }
    return epoch(start(number, layout(0).rowAfter(step)));
  }

  private ReaderState start(int number, long row) {
    return new ReaderState(
        catalog.dataset().manifest().hash(),
        catalog.split().toString(),
        config.seed(),
        config.mixedRowGroups(),
        number,
        row);
  }

  /**
   * Goes on where a state was taken, with the very next row; closes the open epoch. Only the
   * windows that are still needed are read. A state of other ranks or another batch size is cut
   * into steps anew from its row on.
   *
   * @throws IllegalArgumentException when the state is of another order of rows
   */
  public Epoch epoch(ReaderState from) {
    from.check(start(from.epoch(), 0), rows());
    closeCurrent();
    Begun begun = begun(from);
    ahead = from.epoch() == Integer.MAX_VALUE ? null : begin(start(from.epoch() + 1, 0));
    ShuffleMeter measured = null;
    if (meter == null) {
      meter = ShuffleMeter.of(catalog, begun.plan(), config.batchSize());
      measured = meter;
    }
    current = new Epoch(from, layout(from.row()), begun.work(), measured);
    current.start(config.threads(), split, memory, ahead == null ? null : ahead.work());
    return current;
  }

  /** An epoch whose rows may be in memory already, though nobody has asked for it. */
  private record Begun(ReaderState start, ShufflePlan plan, EpochWork work) {}

  private Begun begun(ReaderState from) {
    if (ahead != null && ahead.start().equals(from)) {
      return ahead;
    }
    releaseAhead();
    return begin(from);
  }

  private Begun begin(ReaderState from) {
    ShufflePlan plan = ShufflePlan.of(catalog, config, from.epoch());
    EpochWork work =
        new EpochWork(lock, config, batches, mostBatches, memory, plan, layout(from.row()));
    return new Begun(from, plan, work);
  }

  /**
   * How well the first epoch that this reader began was mixed, as far as its batches were handed
   * out: for the run record, once that epoch is over. Later epochs are not measured, nor is there
   * anything before the first.
   *
   * @throws IllegalStateException before the first epoch
   */
  public ShuffleQuality shuffleQuality() {
    if (meter == null) {
      throw new IllegalStateException("Cannot tell how rows are mixed: no epoch was begun");
    }
    return meter.quality();
  }

  /** Ends the threads of the open epoch, and gives back what was read of the next. */
  @Override
  public void close() {
    closeCurrent();
    releaseAhead();
  }

  private void closeCurrent() {
    if (current != null) {
      current.close();
      current = null;
    }
  }

  private void releaseAhead() {
    if (ahead != null) {
      ahead.work().release();
      ahead = null;
    }
  }
}
