package dev.almanac.pipelines.report.measure;

import dev.almanac.training.run.Run;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.parquet.ParquetBatchReader;
import dev.almanac.transforms.parquet.ParquetTypes;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** The predictions of a split that an evaluation wrote, read a batch at a time, in order. */
public record PredictionFiles(List<String> paths) {
  private static final int BATCH_ROWS = 1 << 15;

  public PredictionFiles {
    paths = List.copyOf(paths);
  }

  /**
   * Those of a run; without paths when it was not evaluated on the split.
   *
   * @throws IOException when they are not what was written
   */
  public static PredictionFiles of(Run run, Split split) throws IOException {
    String folder = Run.PREDICTIONS + "/" + split.text();
    if (!run.files(folder).isEmpty()) {
      run.require(folder);
    }
    return new PredictionFiles(run.files(folder).stream().map(run::path).toList());
  }

  /** Whether they hold a column; those of earlier versions lack some. */
  boolean have(String column) throws IOException {
    if (paths.isEmpty()) {
      return false;
    }
    try (ParquetBatchReader reader = ParquetBatchReader.open(paths.get(0), BATCH_ROWS)) {
      return reader.schema().contains(column);
    }
  }

  /** Hands over every batch of these columns. */
  void read(List<String> columns, Consumer<ColumnBatch> consumer) throws IOException {
    for (String path : paths) {
      try (ParquetBatchReader reader =
          ParquetBatchReader.open(path, BATCH_ROWS, columns, ParquetTypes.EXACT)) {
        for (ColumnBatch batch = reader.read(); batch != null; batch = reader.read()) {
          consumer.accept(batch);
        }
      }
    }
  }
}
