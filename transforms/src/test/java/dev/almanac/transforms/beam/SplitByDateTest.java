package dev.almanac.transforms.beam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.split.DateRange;
import dev.almanac.transforms.split.DateSplit;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.junit.jupiter.api.Test;

class SplitByDateTest {
  private static final DateSplit SPLIT =
      new DateSplit(
          "placed",
          new DateRange(LocalDate.of(2020, 6, 1), Orders.VALIDATION),
          new DateRange(Orders.VALIDATION, Orders.TEST),
          new DateRange(Orders.TEST, LocalDate.of(2023, 6, 1)));

  @Test
  void everyRowIsInTheOneCollectionThatItsDateSays() {
    List<ColumnBatch> orders = List.of(Orders.batch(3000, 1), Orders.batch(10, 2));
    List<String> lines = Orders.lines(orders);
    Pipeline pipeline = Pipeline.create();
    PCollectionTuple parts =
        pipeline.apply("Orders", Create.of(orders)).apply("Split", SplitByDate.on(SPLIT));
    PCollectionList<ColumnBatch> all = PCollectionList.empty(pipeline);
    for (TupleTag<ColumnBatch> tag : SplitByDate.TAGS) {
      all = all.and(parts.get(tag));
    }
    within(parts, SplitByDate.TRAIN, days -> days >= day(2020, 6) && days < day(2022, 1));
    within(parts, SplitByDate.VALIDATION, days -> days >= day(2022, 1) && days < day(2023, 1));
    within(parts, SplitByDate.TEST, days -> days >= day(2023, 1) && days < day(2023, 6));
    within(parts, SplitByDate.OUTSIDE, days -> days < day(2020, 6) || days >= day(2023, 6));
    PAssert.that("no date", parts.get(SplitByDate.NO_DATE))
        .satisfies(
            batches -> {
              for (ColumnBatch batch : batches) {
                assertEquals(batch.rows(), batch.column("placed").nulls());
              }
              return null;
            });
    PAssert.that("all", all.apply("All", Flatten.pCollections()))
        .satisfies(
            batches -> {
              assertEquals(lines, Orders.lines(batches));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void twoDatesPartAllDays() {
    Pipeline pipeline = Pipeline.create();
    PCollectionTuple parts =
        pipeline
            .apply("Orders", Create.of(Orders.batch(1000, 3)))
            .apply("Split", SplitByDate.at("placed", Orders.VALIDATION, Orders.TEST));
    within(parts, SplitByDate.TRAIN, days -> days < day(2022, 1));
    within(parts, SplitByDate.VALIDATION, days -> days >= day(2022, 1) && days < day(2023, 1));
    within(parts, SplitByDate.TEST, days -> days >= day(2023, 1));
    PAssert.that("outside", parts.get(SplitByDate.OUTSIDE))
        .satisfies(
            batches -> {
              assertEquals(List.of(), Orders.lines(batches));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  private static long day(int year, int month) {
    return LocalDate.of(year, month, 1).toEpochDay();
  }

  private static void within(
      PCollectionTuple parts, TupleTag<ColumnBatch> tag, SerializableFunction<Long, Boolean> rule) {
    PAssert.that(tag.getId(), parts.get(tag))
        .satisfies(
            batches -> {
              assertTrue(batches.iterator().hasNext(), "there must be rows to look at");
              for (ColumnBatch batch : batches) {
                assertFalse(batch.rows() == 0);
                LongColumn placed = (LongColumn) batch.column("placed");
                for (int row = 0; row < batch.rows(); row++) {
                  assertTrue(!placed.isNull(row) && rule.apply(placed.values()[row]));
                }
              }
              return null;
            });
  }
}
