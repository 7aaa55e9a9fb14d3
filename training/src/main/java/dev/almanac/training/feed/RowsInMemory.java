package dev.almanac.training.feed;

import dev.almanac.training.data.OpenSplit;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.split.Split;
import java.io.IOException;

/**
 * Rows of one dataset that stay in a process's memory from one training to the next, decoded and
 * within a bound; those of another dataset take their place. The rows of every batch are the same
 * with and without. Not thread-safe.
 */
public final class RowsInMemory {
  private final long mostBytes;
  private String dataset;
  private OpenSplit train;
  private ValidationSource validation;

  /**
   * @param mostBytes of all of them; 0 keeps none
   */
  public RowsInMemory(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** None: for a process that trains once. */
  public static RowsInMemory none() {
    return new RowsInMemory(0);
  }

  /** The train rows of a dataset. */
  public OpenSplit train(Dataset asked) throws IOException {
    take(asked);
    if (train == null) {
      train = OpenSplit.open(asked, Split.TRAIN, mostBytes - mostBytes / 4);
    }
    return train;
  }

  /** The validation rows of a dataset; null when it has none. */
  public ValidationSource validation(Dataset asked) {
    take(asked);
    if (validation == null && asked.manifest().rows(Split.VALIDATION) > 0) {
      validation = new ValidationSource(asked, Split.VALIDATION, mostBytes / 4);
    }
    return validation;
  }

  private void take(Dataset asked) {
    String name = asked.folder() + " " + asked.manifest().hash();
    if (!name.equals(dataset)) {
      dataset = name;
      train = null;
      validation = null;
    }
  }
}
