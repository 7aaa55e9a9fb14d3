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
import java.util.List;
import java.util.Map;

/**
 * How good means of predictions are on the validation split.
 *
 * @param run whose columns and task the models have
 */
record Means(Run run, Dataset dataset) {
  private static final int BATCH_ROWS = 1 << 15;

  /** Metrics of the mean of what these say. */
  Map<String, Double> measure(List<Scorer> scorers) throws IOException {
    return measure(scorers.subList(1, scorers.size()), scorers.subList(0, 1)).get(0);
  }

  /** Metrics of the mean of what these say and one other, for each of the others. */
  List<Map<String, Double>> measure(List<Scorer> scorers, List<Scorer> others) throws IOException {
    List<Metrics> metrics = others.stream().map(other -> run.objective().metrics()).toList();
    String label = run.record().columns().label().column();
    for (DatasetFile file : dataset.manifest().files(Split.VALIDATION)) {
      try (ParquetBatchReader reader = ParquetBatchReader.open(dataset.path(file), BATCH_ROWS)) {
        for (ColumnBatch batch = reader.read(); batch != null; batch = reader.read()) {
          float[] labels = EncodedRows.floats(batch, label);
          double[] sums = sums(batch, scorers);
          for (int i = 0; i < metrics.size(); i++) {
            double[] scores = others.get(i).score(batch);
            for (int j = 0; j < scores.length; j++) {
              scores[j] = (scores[j] + (sums == null ? 0 : sums[j])) / (scorers.size() + 1);
            }
            metrics.get(i).add(scores, labels, batch.rows());
          }
        }
      }
    }
    return metrics.stream().map(Metrics::values).toList();
  }

  /** Null for none. */
  private static double[] sums(ColumnBatch batch, List<Scorer> scorers) {
    double[] sums = null;
    for (Scorer scorer : scorers) {
      double[] scores = scorer.score(batch);
      if (sums == null) {
        sums = scores;
        continue;
      }
      for (int i = 0; i < sums.length; i++) {
        sums[i] += scores[i];
      }
    }
    return sums;
  }
}
