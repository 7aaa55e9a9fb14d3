package dev.almanac.transforms.beam;

import dev.almanac.transforms.analyze.FitAccumulator;
import dev.almanac.transforms.beam.coder.FitAccumulatorCoder;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.fit.FitPlan;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.transforms.Combine.CombineFn;

/** The statistics that a plan asks for, of batches that went through its feature steps. */
final class FitStatistics extends CombineFn<ColumnBatch, FitAccumulator, FitAccumulator> {
  private static final long serialVersionUID = 1L;

  private final FitPlan plan;

  FitStatistics(FitPlan plan) {
    this.plan = plan;
  }

  @Override
  public FitAccumulator createAccumulator() {
    return plan.accumulator();
  }

  @Override
  public FitAccumulator addInput(FitAccumulator statistics, ColumnBatch batch) {
    statistics.add(batch);
    return statistics;
  }

  @Override
  public FitAccumulator mergeAccumulators(Iterable<FitAccumulator> parts) {
    FitAccumulator all = plan.accumulator();
    parts.forEach(all::merge);
    return all;
  }

  @Override
  public FitAccumulator extractOutput(FitAccumulator statistics) {
    return statistics;
  }

  @Override
  public Coder<FitAccumulator> getAccumulatorCoder(CoderRegistry registry, Coder<ColumnBatch> in) {
    return FitAccumulatorCoder.of();
  }

  @Override
  public Coder<FitAccumulator> getDefaultOutputCoder(
      CoderRegistry registry, Coder<ColumnBatch> in) {
    return FitAccumulatorCoder.of();
  }
}
