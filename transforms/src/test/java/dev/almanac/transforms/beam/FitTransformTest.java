package dev.almanac.transforms.beam;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.analyze.FitAccumulator;
import dev.almanac.transforms.beam.coder.ColumnBatchCoder;
import dev.almanac.transforms.beam.coder.FitAccumulatorCoder;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.encode.FitSteps;
import dev.almanac.transforms.encode.ImputeMedian;
import dev.almanac.transforms.encode.MinMax;
import dev.almanac.transforms.feature.RowFunction;
import dev.almanac.transforms.fit.FitPlan;
import dev.almanac.transforms.fit.FittedTransform;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.testing.CombineFnTester;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.PCollection;
import org.hamcrest.Description;
import org.hamcrest.TypeSafeMatcher;
import org.junit.jupiter.api.Test;

class FitTransformTest {
  @Test
  void theStatisticsDoNotDependOnHowTheyWereCombined() {
    FitPlan plan =
        FitPlan.of(
            Orders.SOURCE,
            List.of(),
            Orders.columns(),
            new FitSteps(
                List.of(new ImputeMedian(true), new MinMax()),
                FitSteps.DEFAULT.nominal(),
                Map.of()));
    ColumnBatch orders = labeled(plan, Orders.batch(600, 1));
    List<ColumnBatch> batches = Orders.shuffled(orders, 70, 2);
    FitAccumulator whole = plan.accumulator();
    whole.add(orders);
    CombineFnTester.testCombineFn(new FitStatistics(plan), batches, new SameBytes(whole));
    CombineFnTester.testCombineFn(
        new FitStatistics(plan), List.of(), new SameBytes(plan.accumulator()));
  }

  @Test
  void theCoderKeepsTheStatistics() throws IOException {
    FitPlan plan = Orders.plan();
    FitAccumulator statistics = plan.accumulator();
    statistics.add(labeled(plan, Orders.batch(300, 4)));
    byte[] bytes = CoderUtils.encodeToByteArray(FitAccumulatorCoder.of(), statistics);
    FitAccumulator back = CoderUtils.decodeFromByteArray(FitAccumulatorCoder.of(), bytes);
    assertArrayEquals(bytes(statistics), bytes(back));
    assertEquals(statistics.rows(), back.rows());
  }

  @Test
  void aFitInAPipelineIsTheFitOfItsLabeledRowsAndCountsTheOthers() {
    FitPlan plan = Orders.plan();
    ColumnBatch orders = Orders.batch(5000, 5);
    FitAccumulator statistics = plan.accumulator();
    statistics.add(labeled(plan, orders));
    FittedTransform expected = plan.fit(statistics);
    Pipeline pipeline = Pipeline.create();
    PCollection<FittedTransform> fitted =
        pipeline
            .apply("Orders", Create.of(Orders.shuffled(orders, 333, 6)))
            .apply("Fit", FitTransform.of(plan));
    PAssert.thatSingleton(fitted)
        .satisfies(
            transform -> {
              assertEquals(expected, transform);
              assertEquals(expected.hash(), transform.hash());
              return null;
            });
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    assertEquals(orders.column("days").nulls(), unlabeled(result, FitTransform.class));
  }

  @Test
  void aPlanMayHoldALambda() {
    FitPlan plan =
        FitPlan.of(
            Orders.SOURCE,
            List.of(RowFunction.of("amount", amount -> amount * 100, "cents")),
            Orders.columns(),
            FitSteps.DEFAULT);
    Pipeline pipeline = Pipeline.create();
    PCollection<FittedTransform> fitted =
        pipeline
            .apply("Orders", Create.of(Orders.batch(400, 7), Orders.batch(400, 8)))
            .apply("Fit", FitTransform.of(plan));
    PAssert.thatSingleton(fitted)
        .satisfies(
            transform -> {
              assertEquals(List.of("items", "amount", "cents"), transform.numericNames());
              double cents = transform.numeric().get(2).statistics().mean();
              assertEquals(100 * transform.numeric().get(1).statistics().mean(), cents, 1e-6);
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void aFitOfNoRowsFailsThePipeline() {
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply("Orders", Create.empty(ColumnBatchCoder.of()))
        .apply("Fit", FitTransform.of(Orders.plan()).asView());
    Exception failed = assertThrows(RuntimeException.class, () -> pipeline.run().waitUntilFinish());
    assertTrue(
        failed.getMessage().contains("Cannot fit: the train split has no row with a label"),
        failed.getMessage());
  }

  static long unlabeled(PipelineResult result, Class<?> transform) {
    long rows = 0;
    for (MetricResult<Long> counter :
        result
            .metrics()
            .queryMetrics(
                MetricsFilter.builder()
                    .addNameFilter(
                        MetricNameFilter.named(transform, FitTransform.ROWS_WITHOUT_LABEL))
                    .build())
            .getCounters()) {
      rows += counter.getCommitted();
    }
    return rows;
  }

  private static ColumnBatch labeled(FitPlan plan, ColumnBatch batch) {
    List<Integer> rows = new ArrayList<>();
    for (int row = 0; row < batch.rows(); row++) {
      if (!batch.column("days").isNull(row)) {
        rows.add(row);
      }
    }
    return batch
        .take(rows.stream().mapToInt(Integer::intValue).toArray())
        .select(plan.usedSchema().names());
  }

  private static byte[] bytes(FitAccumulator statistics) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      statistics.write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Beam's tester of combine functions asks for a matcher. */
  private static final class SameBytes extends TypeSafeMatcher<FitAccumulator> {
    private final String expected;

    SameBytes(FitAccumulator expected) {
      this.expected = HexFormat.of().formatHex(bytes(expected));
    }

    @Override
    protected boolean matchesSafely(FitAccumulator actual) {
      return expected.equals(HexFormat.of().formatHex(bytes(actual)));
    }

    @Override
    public void describeTo(Description description) {
      description.appendText("statistics of the bytes ").appendText(expected);
    }
  }
}
