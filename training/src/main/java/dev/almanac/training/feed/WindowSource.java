package dev.almanac.training.feed;

import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.data.Batch;
import dev.almanac.training.data.UnmixedWindow;
import dev.almanac.training.data.WindowReader;
import dev.almanac.training.data.shuffle.ReaderConfig;
import dev.almanac.training.data.shuffle.ShuffleQuality;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The shuffled rows of a dataset's train split for a GPU: row groups go there whole, a window of
 * them at a time, and are mixed there. The batches are those of {@link DatasetSource}.
 */
public final class WindowSource implements BatchSource {
  /** More could only wait for the disk: one thread copies some twenty million rows a second. */
  private static final int MOST_THREADS = 4;

  private final WindowReader reader;
  private final int batchSize;

  private WindowSource(WindowReader reader, int batchSize) {
    this.reader = reader;
    this.batchSize = batchSize;
  }

  public static WindowSource train(Dataset dataset, TrainConfig config) throws IOException {
    return train(dataset, config, RowsInMemory.none());
  }

  /** The same, of rows that may stay in memory. */
  public static WindowSource train(Dataset dataset, TrainConfig config, RowsInMemory rows)
      throws IOException {
    int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    int batch = config.batches().of(dataset.manifest().rows(Split.TRAIN));
    ReaderConfig reading =
        ReaderConfig.of(batch, config.seed(), config.batches().mixedRowGroups(), threads);
    return new WindowSource(WindowReader.of(rows.train(dataset), reading), batch);
  }

  @Override
  public long steps() {
    return reader.steps();
  }

  @Override
  public long rows() {
    return reader.rows();
  }

  @Override
  public long rowGroupRows(int number, int rowGroups) {
    return reader.rowGroupRows(number, rowGroups);
  }

  @Override
  public ShuffleQuality shuffleQuality() {
    return reader.shuffleQuality();
  }

  @Override
  public Pass pass(int number, long from) {
    WindowReader.Pass windows = reader.pass(number, from);
    return new Pass() {
      private Whole window;
      private int next;

      @Override
      public Rows next() throws IOException {
        if (window == null || next == window.count()) {
          UnmixedWindow read = windows.next();
          if (read == null) {
            return null;
          }
          window = new Whole(read);
          next = 0;
        }
        int first = next;
        next = Math.min(window.count(), first + batchSize);
        return new Part(window, first, next - first);
      }

      @Override
      public long waitNanos() {
        return windows.waitNanos();
      }

      @Override
      public void close() {
        windows.close();
      }
    };
  }

  @Override
  public void close() {
    reader.close();
  }

  /** All batches of a window. */
  public static final class Whole extends Copied {
    Whole(UnmixedWindow window) {
      super(window, 0, window.rows());
    }
  }

  /** Some rows of a window, which outlives them. */
  private static final class Part extends Copied {
    private final Whole whole;
    private final int first;

    Part(Whole whole, int first, int count) {
      super(whole.window(), first, count);
      this.whole = whole;
      this.first = first;
    }

    @Override
    public Rows whole() {
      return whole;
    }

    @Override
    public int first() {
      return first;
    }
  }

  /** Rows that are mixed here after all when somebody asks for them. */
  private abstract static class Copied implements Rows {
    private final UnmixedWindow window;
    private final int first;
    private final int count;
    private Batch copy;

    Copied(UnmixedWindow window, int first, int count) {
      this.window = window;
      this.first = first;
      this.count = count;
    }

    public UnmixedWindow window() {
      return window;
    }

    private Batch copy() {
      if (copy == null) {
        copy = window.copy(first, count);
      }
      return copy;
    }

    @Override
    public int count() {
      return count;
    }

    @Override
    public ByteBuffer numeric() {
      return copy().numeric();
    }

    @Override
    public ByteBuffer categories() {
      return copy().categories();
    }

    @Override
    public ByteBuffer labels() {
      return copy().labels();
    }

    @Override
    public void close() {
      if (copy != null) {
        copy.close();
        copy = null;
      }
    }
  }
}
