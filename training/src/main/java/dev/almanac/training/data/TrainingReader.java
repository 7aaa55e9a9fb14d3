package dev.almanac.training.data;

import dev.almanac.transforms.artifact.Dataset;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.util.List;

/**
 * Reads a split in shuffled batches, a step ahead of the training.
 *
 * <p>The order of an epoch is that of {@link ShufflePlan}: threads and memory do not change it. One
 * epoch is open at a time; its memory is used again by the next. Not thread-safe.
 */
public final class TrainingReader implements AutoCloseable {
  /** Small batches are made further ahead, so that their consumer seldom waits. */
  private static final long AHEAD_BYTES = 8L << 20;

  private static final int MOST_AHEAD = 32;

  private final RowGroupCatalog catalog;
  private final ReaderConfig config;
  private final Object lock = new Object();
  private final BatchPool batches;
  private final int mostBatches;
  private final ReaderMemory memory;
  private Epoch current;

  private TrainingReader(RowGroupCatalog catalog, ReaderConfig config) {
    this.catalog = catalog;
    this.config = config;
    EncodedColumns columns = catalog.encoded();
    int numeric = columns.numeric().size();
    int nominal = columns.nominal().size();
    long batchBytes = Batch.bytes(config.batchSize(), numeric, nominal);
    this.batches = new BatchPool(lock, numeric, nominal);
    this.mostBatches = config.threads() + 2 + (int) Math.min(MOST_AHEAD, AHEAD_BYTES / batchBytes);
    long groupBytes = (long) catalog.mostRows() * columns.width() * Integer.BYTES;
    int slots = Math.min(config.mixedRowGroups(), catalog.rowGroups().size());
    long windowBytes = slots * (groupBytes + (long) catalog.mostRows() * Integer.BYTES);
    long fixedBytes = mostBatches * batchBytes + config.threads() * groupBytes;
    if (windowBytes + fixedBytes > config.maxBytes()) {
      throw new IllegalArgumentException(
          "Cannot read split '%s' of %s: %d mixed row groups of up to %d rows, %d threads and %d batches of %d rows take %d bytes (at most %d); lower mixed-row-groups, or give more memory"
              .formatted(
                  catalog.split(),
                  catalog.dataset().folder(),
                  slots,
                  catalog.mostRows(),
                  config.threads(),
                  mostBatches,
                  config.batchSize(),
                  windowBytes + fixedBytes,
                  config.maxBytes()));
    }
    int groupWords = Math.toIntExact(groupBytes / Integer.BYTES);
    this.memory = new ReaderMemory(lock, groupWords, windowBytes, config.maxBytes() - fixedBytes);
  }

  /**
   * A reader of one split of a dataset.
   *
   * @throws IOException when the split has no rows or its files are not as the dataset says
   * @throws IllegalArgumentException when what must be in memory is more than the config allows
   */
  public static TrainingReader open(Dataset dataset, Split split, ReaderConfig config)
      throws IOException {
    RowGroupCatalog catalog = RowGroupCatalog.open(dataset, split);
    if (catalog.rows() == 0) {
      throw new IOException(
          "Cannot read split '%s' of %s: it has no rows".formatted(split, dataset.folder()));
    }
    return new TrainingReader(catalog, config);
  }

  /** Rows of the split. */
  public long rows() {
    return catalog.rows();
  }

  /** Rows of each epoch: all, or as many as fill whole batches. */
  public long rowsPerEpoch() {
    return config.last() == LastBatch.KEEP ? rows() : rows() - rows() % config.batchSize();
  }

  /** Batches of each epoch. */
  public long stepsPerEpoch() {
    return (rowsPerEpoch() + config.batchSize() - 1) / config.batchSize();
  }

  /** Begins an epoch, and closes the one before if it is open. */
  public Epoch epoch(int number) {
    return epoch(number, 0);
  }

  /**
   * Begins an epoch at one of its steps: what comes is what {@link #epoch(int)} gives from there.
   */
  public Epoch epoch(int number, long step) {
    if (number < 0 || step < 0 || step > stepsPerEpoch()) {
      throw new IllegalArgumentException(
          "Cannot begin epoch %d at step %d: epochs are from 0, steps from 0 to %d"
              .formatted(number, step, stepsPerEpoch()));
    }
    close();
    List<RowGroup> groups = catalog.rowGroups();
    ShufflePlan plan =
        ShufflePlan.of(
            groups.stream().mapToInt(RowGroup::rows).toArray(),
            config.mixedRowGroups(),
            catalog.dataset().manifest().hash(),
            config.seed(),
            number);
    long firstRow = Math.min(step * config.batchSize(), rowsPerEpoch());
    EpochWork work =
        new EpochWork(lock, config, batches, mostBatches, memory, plan, firstRow, rowsPerEpoch());
    current = new Epoch(number, stepsPerEpoch() - step, rowsPerEpoch() - firstRow, work);
    current.start(config.threads(), catalog, memory);
    return current;
  }

  /** Ends the threads of the open epoch; does nothing when there is none. */
  @Override
  public void close() {
    if (current != null) {
      current.close();
      current = null;
    }
  }
}
