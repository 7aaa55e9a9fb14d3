package dev.almanac.training.data;

/** Something a reader's thread does next. */
sealed interface ReaderJob {
  /** Read the row group of a slot; the number of slots stands for the window's order. */
  record Load(LoadedWindow window, int slot) implements ReaderJob {}

  /** Copy rows of a window's order, {@code from} to before {@code to}, into a batch. */
  record Gather(LoadedWindow window, int from, int to, FilledBatch batch, int at)
      implements ReaderJob {}

  /** A batch and how many of its rows are still missing. */
  final class FilledBatch {
    private final Batch batch;
    private int missing;

    FilledBatch(Batch batch, int rows) {
      this.batch = batch;
      this.missing = rows;
    }

    Batch batch() {
      return batch;
    }

    boolean isFull() {
      return missing == 0;
    }

    void filled(int rows) {
      missing -= rows;
    }
  }
}
