package dev.almanac.transforms.beam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.feature.DatePart;
import dev.almanac.transforms.feature.DateParts;
import dev.almanac.transforms.feature.Ratio;
import dev.almanac.transforms.feature.RowFunction;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.text.DateForm;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;

class ComputeFeaturesTest {
  @Test
  void aLambdaSeesOneRowAndNullsStayNull() {
    double[] factor = {2.0};
    ComputeFeatures features =
        ComputeFeatures.on(Orders.TABLE)
            .with(
                RowFunction.of(
                    "amount", "items", (amount, items) -> factor[0] * amount / items, "price"),
                new DateParts("placed", DatePart.MONTH));
    assertEquals(Field.nullable("price", ColumnType.DOUBLE), features.table().field("price"));
    Pipeline pipeline = Pipeline.create();
    PAssert.that(
            pipeline
                .apply("Orders", Create.of(Orders.batch(500, 1), Orders.batch(300, 2)))
                .apply("Compute", features))
        .satisfies(
            batches -> {
              int rows = 0;
              for (ColumnBatch batch : batches) {
                LongColumn items = (LongColumn) batch.column("items");
                DoubleColumn amount = (DoubleColumn) batch.column("amount");
                DoubleColumn price = (DoubleColumn) batch.column("price");
                for (int row = 0; row < batch.rows(); row++) {
                  assertEquals(amount.isNull(row), price.isNull(row));
                  if (!amount.isNull(row)) {
                    assertEquals(
                        2.0 * amount.values()[row] / items.values()[row], price.values()[row]);
                  }
                }
                rows += batch.rows();
              }
              assertEquals(800, rows);
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void cellsThatAStepCannotReadAreCountedInAMetric() {
    ColumnBatch batch = Orders.batch(500, 1);
    DoubleColumn amount = (DoubleColumn) batch.column("amount");
    long present = batch.rows() - amount.nulls();
    assertTrue(present > 0);
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply("Orders", Create.of(batch, batch))
        .apply(
            "Compute",
            ComputeFeatures.on(Orders.TABLE)
                .with(RowFunction.of("amount", cell -> cell / 0, "none")));
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    MetricQueryResults found =
        result
            .metrics()
            .queryMetrics(
                MetricsFilter.builder()
                    .addNameFilter(MetricNameFilter.inNamespace(ComputeFeatures.class))
                    .build());
    MetricResult<Long> counter = found.getCounters().iterator().next();
    assertEquals(
        ComputeFeatures.UNREADABLE + "function of 'amount' into 'none'",
        counter.getName().getName());
    assertEquals(2 * present, counter.getCommitted());
  }

  @Test
  void everyProblemIsReportedWhenThePipelineIsBuilt() {
    Exception refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                ComputeFeatures.on(Orders.TABLE)
                    .with(
                        RowFunction.of("category", length -> length, "length"),
                        new Ratio("amount", "weight", "density")));
    assertEquals(
        """
        features[0]: column 'category' must hold numbers (it is string)
        features[1].ratio: there is no column 'weight' (columns: placed, items, amount, category, days)""",
        refused.getMessage());
  }

  @Test
  void theColumnsThatComeOutAreASourceToFitFrom() {
    List<SourceColumn> columns =
        ComputeFeatures.on(Orders.TABLE).with(new DateParts("placed", DatePart.MONTH)).columns();
    assertEquals(new SourceColumn("placed", ColumnType.DATE, DateForm.ISO, true), columns.get(0));
    assertEquals("placed.month", columns.get(columns.size() - 1).name());
  }

  @Test
  void aBatchThatIsNotAsDeclaredFailsThePipelineNamingTheColumns() {
    ColumnBatch batch = Orders.batch(3, 1);
    ColumnBatch other =
        batch
            .select(List.of("placed", "amount", "category", "days"))
            .with(Field.nullable("amount", ColumnType.LONG), LongColumn.of(1, 2, 3));
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply("Orders", Create.of(other))
        .apply("Compute", ComputeFeatures.on(Orders.TABLE).with());
    Exception failed = assertThrows(RuntimeException.class, () -> pipeline.run().waitUntilFinish());
    assertTrue(
        failed
            .getMessage()
            .contains(
                "Cannot compute features of a batch: column 'items' of long is missing, column 'amount' must be double (it is long); its columns are [placed, amount, category, days]"),
        failed.getMessage());
  }
}
