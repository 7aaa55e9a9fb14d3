package dev.almanac.transforms.beam;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.feature.plan.FeaturePlan;
import dev.almanac.transforms.feature.plan.UnreadableCells;
import dev.almanac.transforms.feature.plan.UnreadableCounts;
import org.apache.beam.sdk.metrics.Metrics;

/**
 * Applies row-wise steps, and counts the cells that they cannot read in a metric of {@link
 * ComputeFeatures} a column: {@code unreadable-cells: cast of 'x2'}.
 */
final class CountedFeatures {
  private CountedFeatures() {}

  static ColumnBatch apply(FeaturePlan plan, ColumnBatch batch) {
    UnreadableCells cells = new UnreadableCells(plan, "", 1);
    cells.expect(batch.rows(), row -> row);
    ColumnBatch computed = plan.apply(batch, cells);
    for (UnreadableCounts.Lost lost : cells.counts().lost()) {
      String name = ComputeFeatures.UNREADABLE + plan.partialColumns().get(lost.column());
      Metrics.counter(ComputeFeatures.class, name).inc(lost.total());
    }
    return computed.withOrigin(batch.origin());
  }
}
