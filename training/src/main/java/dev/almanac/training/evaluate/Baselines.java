package dev.almanac.training.evaluate;

import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.feed.DatasetSource;
import dev.almanac.training.feed.EncodedRows;
import dev.almanac.training.torch.Compute;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.manifest.DatasetFile;
import dev.almanac.transforms.parquet.ParquetBatchReader;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Fits the simple models that a run is compared with, in one pass over the train split. */
final class Baselines {
  private static final int BATCH_ROWS = 1 << 15;

  private Baselines() {}

  /** The baselines of a task, the linear one last; the caller closes them. */
  static List<Baseline> fit(Dataset dataset, TrainConfig config, Compute compute)
      throws IOException {
    DatasetColumns columns = dataset.manifest().columns();
    boolean classes = columns.label().isClasses();
    var prior =
        new PriorBaseline.Fit(config.task(), classes ? columns.label().classes().size() : 0);
    var linear = classes ? null : new LeastSquaresBaseline.Fit(columns);
    for (DatasetFile file : dataset.manifest().files(Split.TRAIN)) {
      try (ParquetBatchReader reader = ParquetBatchReader.open(dataset.path(file), BATCH_ROWS)) {
        for (ColumnBatch batch = reader.read(); batch != null; batch = reader.read()) {
          float[] labels = EncodedRows.floats(batch, columns.label().column());
          prior.add(labels);
          if (linear != null) {
            linear.add(EncodedRows.of(batch, columns), labels);
          }
        }
      }
    }
    List<Baseline> fitted = new ArrayList<>();
    fitted.add(prior.fitted());
    fitted.add(linear != null ? linear.fitted() : logistic(dataset, config, compute));
    return fitted;
  }

  private static Baseline logistic(Dataset dataset, TrainConfig config, Compute compute)
      throws IOException {
    long rows = dataset.manifest().rows(Split.TRAIN);
    TrainConfig smaller =
        config.withBatches(
            new TrainConfig.Batches(
                LinearFamilyBaseline.batchSize(rows),
                config.batches().accumulate(),
                config.batches().mixedRowGroups()));
    try (DatasetSource train = DatasetSource.train(dataset, smaller)) {
      return LinearFamilyBaseline.fit(smaller, dataset.manifest().columns(), train, compute);
    }
  }
}
