package dev.almanac.transforms.beam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.analyze.FitAccumulator;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.fit.FitPlan;
import dev.almanac.transforms.fit.FittedTransform;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.junit.jupiter.api.Test;

class ApplyTransformTest {
  private static final ColumnBatch ORDERS = Orders.batch(4000, 11);

  @Test
  void rowsAreEncodedAsTheTransformEncodesThemAloneAndUnlabeledOnesCounted() {
    FittedTransform expected = fitted();
    List<String> encoded = Orders.lines(List.of(expected.encode(labeled(true))));
    Pipeline pipeline = Pipeline.create();
    PCollection<ColumnBatch> orders =
        pipeline.apply("Orders", Create.of(Orders.shuffled(ORDERS, 500, 1)));
    PCollectionView<FittedTransform> view =
        orders.apply("Fit", FitTransform.of(Orders.plan()).asView());
    PAssert.that(orders.apply("Apply", ApplyTransform.using(view)))
        .satisfies(
            batches -> {
              batches.forEach(batch -> assertEquals(expected.outputSchema(), batch.schema()));
              assertEquals(encoded, Orders.lines(batches));
              return null;
            });
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    assertEquals(
        ORDERS.column("days").nulls(), FitTransformTest.unlabeled(result, ApplyTransform.class));
  }

  @Test
  void rowsToPredictNeedNoLabel() {
    FittedTransform expected = fitted().withoutLabel();
    ColumnBatch raw = ORDERS.select(List.of("placed", "category", "amount", "items"));
    List<String> encoded = Orders.lines(List.of(expected.encode(raw)));
    Pipeline pipeline = Pipeline.create();
    PCollectionView<FittedTransform> view =
        pipeline
            .apply("Orders", Create.of(ORDERS))
            .apply("Fit", FitTransform.of(Orders.plan()).asView());
    PAssert.that(
            pipeline
                .apply("New orders", Create.of(raw))
                .apply("Apply", ApplyTransform.using(view).withoutLabel()))
        .satisfies(
            batches -> {
              assertEquals(encoded, Orders.lines(batches));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void splitsKeepTheirOtherCollectionsAndRowsWithoutALabel() {
    Pipeline pipeline = Pipeline.create();
    PCollectionTuple splits =
        pipeline
            .apply("Orders", Create.of(Orders.shuffled(ORDERS, 700, 3)))
            .apply("Split", SplitByDate.at("placed", Orders.VALIDATION, Orders.TEST));
    PCollectionView<FittedTransform> view =
        splits.get(SplitByDate.TRAIN).apply("Fit", FitTransform.of(Orders.plan()).asView());
    PCollectionTuple encoded = splits.apply("Apply", ApplyTransform.toSplits(view));
    assertEquals(splits.get(SplitByDate.NO_DATE), encoded.get(SplitByDate.NO_DATE));
    List<String> unlabeled =
        Orders.lines(List.of(labeled(false))).stream()
            .filter(line -> !line.startsWith("[null,"))
            .toList();
    PAssert.that(encoded.get(ApplyTransform.NO_LABEL))
        .satisfies(
            batches -> {
              assertEquals(unlabeled, Orders.lines(batches));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void aBatchWithoutTheColumnsOfTheFitFailsThePipeline() {
    Pipeline pipeline = Pipeline.create();
    PCollectionView<FittedTransform> view =
        pipeline
            .apply("Orders", Create.of(ORDERS))
            .apply("Fit", FitTransform.of(Orders.plan()).asView());
    pipeline
        .apply("Others", Create.of(ORDERS.select(List.of("placed", "items", "amount", "days"))))
        .apply("Apply", ApplyTransform.using(view));
    Exception failed = assertThrows(RuntimeException.class, () -> pipeline.run().waitUntilFinish());
    assertTrue(
        failed
            .getMessage()
            .contains("Cannot encode a batch: column 'category' of string is missing"),
        failed.getMessage());
  }

  private static FittedTransform fitted() {
    FitPlan plan = Orders.plan();
    FitAccumulator statistics = plan.accumulator();
    statistics.add(labeled(true));
    return plan.fit(statistics);
  }

  private static ColumnBatch labeled(boolean wanted) {
    return ORDERS.take(
        IntStream.range(0, ORDERS.rows())
            .filter(row -> ORDERS.column("days").isNull(row) != wanted)
            .toArray());
  }
}
