package dev.almanac.training.ensemble;

import dev.almanac.training.feed.EncodedRows;
import dev.almanac.training.metric.Metrics;
import dev.almanac.training.run.Run;
import dev.almanac.training.score.Scorer;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetFile;
import dev.almanac.transforms.parquet.ParquetBatchReader;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How good means of predictions are on the validation split.
 *
 * @param run whose columns and task the models have
 */
record Means(Run run, Dataset dataset) {
  private static final int BATCH_ROWS = 1 << 15;

  /** The metrics of the first scorer, of the mean of the first two, and so on. */
  List<Map<String, Double>> measure(List<Scorer> scorers) throws IOException {
    List<Metrics> metrics = scorers.stream().map(scorer -> run.objective().metrics()).toList();
    String label = run.record().columns().label().column();
    for (DatasetFile file : dataset.manifest().files(Split.VALIDATION)) {
      try (ParquetBatchReader reader = ParquetBatchReader.open(dataset.path(file), BATCH_ROWS)) {
        for (ColumnBatch batch = reader.read(); batch != null; batch = reader.read()) {
          add(batch, EncodedRows.floats(batch, label), scorers, metrics);
        }
      }
    }
    List<Map<String, Double>> values = new ArrayList<>();
    metrics.forEach(each -> values.add(each.values()));
    return values;
  }

  private static void add(
      ColumnBatch batch, float[] labels, List<Scorer> scorers, List<Metrics> metrics) {
    double[] sums = null;
    for (int count = 1; count <= scorers.size(); count++) {
      double[] scores = scorers.get(count - 1).score(batch);
      sums = sums == null ? new double[scores.length] : sums;
      for (int i = 0; i < sums.length; i++) {
        sums[i] += scores[i];
        scores[i] = sums[i] / count;
      }
      metrics.get(count - 1).add(scores, labels, batch.rows());
    }
  }
}
