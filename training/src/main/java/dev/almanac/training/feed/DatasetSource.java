package dev.almanac.training.feed;

import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.data.Batch;
import dev.almanac.training.data.Epoch;
import dev.almanac.training.data.TrainingReader;
import dev.almanac.training.data.shuffle.ReaderConfig;
import dev.almanac.training.data.shuffle.ShuffleQuality;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The shuffled rows of a dataset's train split. */
public final class DatasetSource implements BatchSource {
  /** One thread reads some ten million rows a second, many times what a processor trains on. */
  private static final int READER_THREADS = 1;

  private final TrainingReader reader;

  private DatasetSource(TrainingReader reader) {
    this.reader = reader;
  }

  /** In batches of the config's size. */
  public static DatasetSource train(Dataset dataset, TrainConfig config) throws IOException {
    return train(dataset, config, RowsInMemory.none());
  }

  /** The same, of rows that may stay in memory. */
  public static DatasetSource train(Dataset dataset, TrainConfig config, RowsInMemory rows)
      throws IOException {
    return new DatasetSource(
        TrainingReader.of(
            rows.train(dataset),
            ReaderConfig.of(
                config.batches().of(dataset.manifest().rows(Split.TRAIN)),
                config.seed(),
                config.batches().mixedRowGroups(),
                READER_THREADS)));
  }

  @Override
  public long steps() {
    return reader.stepsPerEpoch();
  }

  @Override
  public long rows() {
    return reader.rowsPerEpoch();
  }

  @Override
  public long rowGroupRows(int number, int rowGroups) {
    return reader.rowGroupRows(number, rowGroups);
  }

  @Override
  public Pass pass(int number, long from) {
    Epoch epoch = reader.epoch(number, from);

    return new Pass() {
      @Override
      public Rows next() throws IOException {
        Batch batch = epoch.next();
        return batch == null ? null : new BatchRows(batch);
      }

      @Override
      public long waitNanos() {
        return epoch.waitNanos();
      }

      @Override
      public void close() {
        epoch.close();
      }
    };
  }

  @Override
  public ShuffleQuality shuffleQuality() {
    return reader.shuffleQuality();
  }

  @Override
  public void close() {
    reader.close();
  }

  private record BatchRows(Batch batch) implements Rows {
    @Override
    public int count() {
      return batch.rows();
    }

    @Override
    public ByteBuffer numeric() {
      return batch.numeric();
    }

    @Override
    public ByteBuffer categories() {
      return batch.categories();
    }

    @Override
    public ByteBuffer labels() {
      return batch.labels();
    }

    @Override
    public void close() {
      batch.close();
    }
  }
}
