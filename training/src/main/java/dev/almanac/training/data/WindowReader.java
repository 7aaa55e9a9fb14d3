package dev.almanac.training.data;

import dev.almanac.training.data.read.PackedRow;
import dev.almanac.training.data.read.RowGroupCatalog;
import dev.almanac.training.data.shuffle.LastBatch;
import dev.almanac.training.data.shuffle.ReaderConfig;
import dev.almanac.training.data.shuffle.ShufflePlan;
import dev.almanac.training.data.shuffle.ShuffleQuality;
import dev.almanac.training.data.shuffle.WindowPlaces;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.problem.RefusedException;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads a split window by window for a device that mixes rows itself. The processor only copies row
 * groups into memory, one window ahead.
 *
 * <p>Rows come in the order of {@link TrainingReader}'s epochs, with any number of threads. One
 * pass is open at a time. Not thread-safe.
 */
public final class WindowReader implements AutoCloseable {
  private final RowGroupCatalog catalog;
  private final ReaderConfig config;
  private final PackedRow row;
  private final int windowWords;
  private final ExecutorService threads;
  private final BlockingQueue<SlotLoader> loaders = new LinkedBlockingQueue<>();
  private final BatchPool batches;
  private final Deque<long[]> stores = new ArrayDeque<>();
  private ShuffleMeter meter;
  private Pass current;

  private WindowReader(OpenSplit split, ReaderConfig config) {
    this.catalog = split.catalog();
    this.config = config;
    this.row = PackedRow.of(catalog.encoded());
    int slots = Math.min(config.mixedRowGroups(), catalog.rowGroups().size());
    long rows = catalog.mostRows(slots);
    long words = rows * row.words();
    long bytes = 2 * (words * Long.BYTES + rows * Integer.BYTES);
    if (bytes > config.maxBytes() || words > Integer.MAX_VALUE - 8) {
      throw new RefusedException(
          "Cannot read split '%s' of %s: two windows of %s mixed row groups take %s bytes (at most %s, and 32 GiB); lower mixed-row-groups, or give more memory"
              .formatted(
                  catalog.split(), catalog.dataset().folder(), slots, bytes, config.maxBytes()));
    }
    this.windowWords = (int) words;
    this.batches = new BatchPool(new Object(), row.numeric(), row.nominal());
    for (int i = 0; i < config.threads(); i++) {
      loaders.add(new SlotLoader(split));
    }
    AtomicInteger number = new AtomicInteger();
    this.threads =
        Executors.newFixedThreadPool(
            config.threads(),
            work -> {
              Thread thread = new Thread(work, "almanac-windows-" + number.getAndIncrement());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * A reader of one split of a dataset.
   *
   * @param config of one rank, which keeps the last batch
   * @throws IOException when the split has no rows or its files are not as the dataset says
   * @throws IllegalArgumentException when what must be in memory is more than the config allows
   */
  public static WindowReader open(Dataset dataset, Split split, ReaderConfig config)
      throws IOException {
    return of(OpenSplit.open(dataset, split, 0), config);
  }

  /** A reader of a split that is open; as {@link #open}. */
  public static WindowReader of(OpenSplit split, ReaderConfig config) {
    if (config.ranks() != 1 || config.last() != LastBatch.KEEP) {
      throw new RefusedException(
          "Cannot read windows for several ranks, or leave the last batch out");
    }
    return new WindowReader(split, config);
  }

  /** Rows of a pass. */
  public long rows() {
    return catalog.rows();
  }

  /** Rows of the first row groups in an epoch's order. */
  public long rowGroupRows(int epoch, int rowGroups) {
    return ShufflePlan.of(catalog, config, epoch).rowGroupRows(rowGroups);
  }

  /** Batches of a pass. */
  public long steps() {
    return (rows() + config.batchSize() - 1) / config.batchSize();
  }

  /**
   * How well the first pass that this reader began was mixed; see {@link
   * TrainingReader#shuffleQuality}.
   */
  public ShuffleQuality shuffleQuality() {
    if (meter == null) {
      throw new IllegalStateException("Cannot tell how rows are mixed: no pass was begun");
    }
    return meter.quality();
  }

  /** Begins an epoch at one of its steps, and closes the pass before if it is open. */
  public Pass pass(int epoch, long step) {
    if (epoch < 0 || step < 0 || step > steps()) {
      throw new RefusedException(
          "Cannot begin epoch %s at step %s: epochs are from 0, steps from 0 to %s"
              .formatted(epoch, step, steps()));
    }
    closeCurrent();
    ShufflePlan plan = ShufflePlan.of(catalog, config, epoch);
    ShuffleMeter measured = null;
    if (meter == null) {
      meter = ShuffleMeter.of(catalog, plan, config.batchSize());
      measured = meter;
    }
    current = new Pass(plan, step * config.batchSize(), measured);
    return current;
  }

  private void closeCurrent() {
    if (current != null) {
      current.close();
      current = null;
    }
  }

  @Override
  public void close() {
    closeCurrent();
    threads.shutdown();
    loaders.forEach(SlotLoader::close);
    loaders.clear();
  }

  private Batch none() {
    Batch batch = batches.take(1);
    batch.open(0, true);
    return batch;
  }

  /** A window that threads fill. */
  private final class Loading {
    private final ShufflePlan.Window plan;
    private final long[] store = stores.isEmpty() ? new long[windowWords] : stores.pop();
    private final Future<int[]> order;
    private final List<Future<?>> parts = new ArrayList<>();
    private volatile boolean stopped;

    Loading(ShufflePlan.Window plan) {
      this.plan = plan;
      Future<WindowPlaces> places = threads.submit(plan::places);
      parts.add(places);
      order = threads.submit(() -> places.get().order(1));
      parts.add(order);
      for (int i = 0; i < plan.slots(); i++) {
        int slot = i;
        parts.add(
            threads.submit(
                () -> {
                  if (!stopped) {
                    load(slot, places.get());
                  }
                  return null;
                }));
      }
    }

    private void load(int slot, WindowPlaces places) throws IOException, InterruptedException {
      SlotLoader loader = loaders.take();
      try {
        loader.load(plan, places, slot, store);
      } finally {
        loaders.add(loader);
      }
    }

    int[] await() throws IOException {
      try {
        for (Future<?> part : parts) {
          part.get();
        }
        return order.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("Cannot read the next rows: interrupted");
      } catch (ExecutionException e) {
        Throwable cause = e.getCause();
        while (cause instanceof ExecutionException && cause.getCause() != null) {
          cause = cause.getCause();
        }
        throw new ForeseenException(
            cause instanceof IOException
                ? cause.getMessage()
                : "Cannot read the next rows: " + cause,
            cause);
      }
    }

    /** Ends the work, and gives the memory back once no thread writes into it. */
    void release() {
      stopped = true;
      boolean interrupted = false;
      for (Future<?> part : parts) {
        boolean ended = false;
        while (!ended) {
          try {
            part.get();
            ended = true;
          } catch (InterruptedException e) {
            interrupted = true;
          } catch (ExecutionException e) {
            ended = true;
          }
        }
      }
      stores.push(store);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** An epoch, or the rest of one, window by window. For one thread. */
  public final class Pass implements AutoCloseable {
    private final List<ShufflePlan.Window> windows;
    private final ShuffleMeter measured;
    private long firstRow;
    private int next;
    private Loading shown;
    private Loading ahead;
    private Batch left = none();
    private Batch used;
    private long waitNanos;

    private Pass(ShufflePlan plan, long firstRow, ShuffleMeter measured) {
      this.windows =
          plan.windows().stream()
              .filter(window -> window.firstRow() + window.rows() > firstRow)
              .toList();
      this.firstRow = firstRow;
      this.measured = measured;
      load();
    }

    private void load() {
      ahead = next < windows.size() ? new Loading(windows.get(next++)) : null;
    }

    /**
     * The next whole batches; null after the last. Waits for them.
     *
     * @throws IOException what a thread failed with
     */
    public UnmixedWindow next() throws IOException {
      while (true) {
        release();
        if (ahead == null) {
          return null;
        }
        long before = System.nanoTime();
        int[] order = ahead.await();
        waitNanos += System.nanoTime() - before;
        shown = ahead;
        load();
        UnmixedWindow made = cut(shown.plan, order);
        if (made.rows() > 0) {
          measure(made);
          return made;
        }
      }
    }

    /** Leaves rows that fill no batch to the next window, when there is one. */
    private UnmixedWindow cut(ShufflePlan.Window plan, int[] order) {
      int from = (int) (firstRow - plan.firstRow());
      int to = plan.rows();
      used = left;
      UnmixedWindow all = window(plan, order, from, to);
      firstRow = plan.firstRow() + plan.rows();
      int rest = ahead == null ? 0 : all.rows() % config.batchSize();
      left = all.copy(all.rows() - rest, rest);
      if (rest == all.rows()) {
        used.close();
        used = none();
        return window(plan, order, to, to);
      }
      return window(plan, order, from, to - rest);
    }

    private UnmixedWindow window(ShufflePlan.Window plan, int[] order, int from, int to) {
      return new UnmixedWindow(row, batches, used, shown.store, plan.rows(), order, from, to);
    }

    private void measure(UnmixedWindow window) {
      if (measured == null) {
        return;
      }
      for (int at = 0; at + config.batchSize() <= window.rows(); at += config.batchSize()) {
        try (Batch batch = window.copy(at, config.batchSize())) {
          measured.add(batch);
        }
      }
    }

    /** How long {@link #next} has waited so far. */
    public long waitNanos() {
      return waitNanos;
    }

    @Override
    public void close() {
      release();
      if (ahead != null) {
        ahead.release();
        ahead = null;
      }
      left.close();
      next = windows.size();
    }

    /** Takes back what the consumer has seen. */
    private void release() {
      if (shown != null) {
        shown.release();
        shown = null;
      }
      if (used != null) {
        used.close();
        used = null;
      }
    }
  }
}
