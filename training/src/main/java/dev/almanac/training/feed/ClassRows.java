package dev.almanac.training.feed;

import dev.almanac.training.data.read.SplitReader;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.util.List;

/** How many train rows each class of the label has. */
public final class ClassRows {
  private static final int BATCH_ROWS = 1 << 15;

  private ClassRows() {}

  /** Reads the label alone; null when it is a number. */
  public static long[] of(Dataset dataset) throws IOException {
    DatasetColumns.Label label = dataset.manifest().columns().label();
    if (!label.isClasses()) {
      return null;
    }
    long[] rows = new long[label.classes().size()];
    try (SplitReader reader =
        SplitReader.open(dataset, Split.TRAIN, BATCH_ROWS, List.of(label.column()))) {
      for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
        for (float index : EncodedRows.floats(batch, label.column())) {
          rows[(int) index]++;
        }
      }
    }
    return rows;
  }
}
