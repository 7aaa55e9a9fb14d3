package dev.almanac.transforms.beam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.dataset.verify.DatasetVerification;
import dev.almanac.transforms.encode.FitSteps;
import dev.almanac.transforms.feature.RowFunction;
import dev.almanac.transforms.fit.FitPlan;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetFile;
import dev.almanac.transforms.manifest.RowCounts;
import dev.almanac.transforms.parquet.ParquetBatchReader;
import dev.almanac.transforms.parquet.write.ParquetCodec;
import dev.almanac.transforms.schema.SchemaFile;
import dev.almanac.transforms.schema.SourceSchema;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteDatasetTest {
  private static final Instant CREATED = Instant.parse("2020-01-01T12:00:00.5Z");
  private static final ColumnBatch ORDERS = Orders.batch(6000, 21);

  @TempDir Path folder;

  @Test
  void everyRowIsWrittenOnceOrCountedWhereItWent() throws IOException, SQLException {
    Dataset dataset = write(List.of(ORDERS), write -> write.named("orders of a shop"));
    assertEquals("20200101T120000Z", Path.of(dataset.folder()).getFileName().toString());
    RowCounts totals = dataset.manifest().totals();
    assertTrue(totals.balances());
    assertEquals(6000, totals.read());
    assertEquals(ORDERS.column("placed").nulls(), totals.rejected());
    assertEquals("orders of a shop", dataset.manifest().source().files().get(0).path());
    assertTrue(totals.dropped() > 0 && totals.validation() > 0 && totals.test() > 0);
    dataset.verify(List.of(Split.values()));
    assertEquals(List.of(), DatasetVerification.of(dataset.folder(), read -> {}).differences());
    FittedTransform transform = FittedTransform.read(dataset.folder() + "/transform");
    assertEquals(dataset.manifest().hashes().transform(), transform.hash());
    SourceSchema schema = SchemaFile.read(dataset.folder() + "/schema.json");
    assertEquals(transform.inputs(), schema.sourceColumns());
    assertEquals(dataset.manifest().hashes().schema(), schema.hash());
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        ResultSet rows =
            duckDb
                .createStatement()
                .executeQuery(
                    """
                    SELECT count(*), avg(days), min("keep.placed"), max("keep.placed")
                    FROM read_parquet('%s/validation/*.parquet')"""
                        .formatted(dataset.folder()))) {
      rows.next();
      assertEquals(totals.validation(), rows.getLong(1));
      assertEquals(7.5, rows.getDouble(2), 0.5);
      assertTrue(!rows.getDate(3).toLocalDate().isBefore(Orders.VALIDATION));
      assertTrue(rows.getDate(4).toLocalDate().isBefore(Orders.TEST));
    }
  }

  @Test
  void theRowsAreThoseThatTheTransformEncodes() throws IOException {
    Dataset dataset = write(Orders.shuffled(ORDERS, 1000, 1), write -> write);
    FittedTransform transform = FittedTransform.read(dataset.folder() + "/transform");
    for (Split split : Split.values()) {
      long from = split == Split.TRAIN ? Long.MIN_VALUE : boundary(split);
      long until =
          split == Split.TEST ? Long.MAX_VALUE : boundary(Split.values()[split.ordinal() + 1]);
      int[] rows =
          IntStream.range(0, ORDERS.rows())
              .filter(row -> !ORDERS.column("placed").isNull(row))
              .filter(row -> !ORDERS.column("days").isNull(row))
              .filter(row -> day(row) >= from && day(row) < until)
              .toArray();
      assertEquals(
          Orders.lines(List.of(transform.encode(ORDERS.take(rows)))),
          Orders.lines(read(dataset, split)));
    }
  }

  @Test
  void theBytesDoNotDependOnBundlesNorOnTheOrderOfRows() throws IOException {
    ColumnBatch twice = ORDERS.take(IntStream.range(0, 12_000).map(i -> i % 5000).toArray());
    UnaryOperator<WriteDataset> layout =
        write -> write.withFiles(3).withRowGroupRows(500).withCodec(ParquetCodec.ZSTD);
    Dataset one = write(List.of(twice), layout);
    Dataset other = write(Orders.shuffled(twice, 97, 2), layout);
    assertEquals("20200101T120000Z-2", Path.of(other.folder()).getFileName().toString());
    assertEquals(one.manifest().hash(), other.manifest().hash());
    assertEquals(one.manifest().parquet().splits(), other.manifest().parquet().splits());
    Dataset seeded = write(List.of(twice), write -> layout.apply(write).withSeed(7));
    assertNotEquals(one.manifest().parquet().splits(), seeded.manifest().parquet().splits());
  }

  @Test
  void filesAndRowGroupsAreAsAsked() throws IOException {
    Dataset dataset = write(List.of(ORDERS), write -> write.withFiles(2).withRowGroupRows(100));
    for (Split split : Split.values()) {
      List<DatasetFile> files = dataset.manifest().files(split);
      assertEquals(2, files.size());
      for (DatasetFile file : files) {
        List<Long> groups = file.rowGroups();
        assertTrue(groups.size() > 1);
        assertTrue(groups.subList(0, groups.size() - 1).stream().allMatch(rows -> rows == 100));
      }
    }
  }

  @Test
  void rowsThatAreTheSameLieFarApart() throws IOException {
    int[] rows = IntStream.range(0, 40_000).map(i -> i % 4).toArray();
    Dataset dataset = write(List.of(ORDERS.take(labeledTrain(4)).take(rows)), write -> write);
    List<String> first = new ArrayList<>();
    for (ColumnBatch batch : read(dataset, Split.TRAIN)) {
      for (int row = 0; row < batch.rows() && first.size() < 2000; row++) {
        first.add(Orders.lines(List.of(batch.take(new int[] {row}))).get(0));
      }
    }
    int changes = 0;
    for (int i = 1; i < first.size(); i++) {
      changes += first.get(i).equals(first.get(i - 1)) ? 0 : 1;
    }
    assertEquals(0.75 * first.size(), changes, 150);
  }

  @Test
  void twoOfOnePipelineInTheSameSecondGetTwoNames() throws IOException {
    Pipeline pipeline = Pipeline.create();
    PCollectionTuple splits =
        pipeline
            .apply("Orders", Create.of(ORDERS))
            .apply("Split", SplitByDate.at("placed", Orders.VALIDATION, Orders.TEST));
    PCollectionView<FittedTransform> view =
        splits.get(SplitByDate.TRAIN).apply("Fit", FitTransform.of(Orders.plan()).asView());
    PCollectionTuple encoded = splits.apply("Apply", ApplyTransform.toSplits(view));
    for (String name : List.of("one", "other")) {
      encoded.apply(
          name,
          WriteDataset.to(folder.toString()).withTransform(view).named(name).createdAt(CREATED));
    }
    pipeline.run().waitUntilFinish();
    List<String> found = Dataset.newestFirst(folder.toString());
    assertEquals(
        List.of("20200101T120000Z-2", "20200101T120000Z"),
        found.stream().map(path -> Path.of(path).getFileName().toString()).toList());
    assertEquals("other", Dataset.open(found.get(0)).manifest().name());
    assertEquals("one", Dataset.open(found.get(1)).manifest().name());
  }

  @Test
  void nothingIsLeftBesideTheDataset() throws IOException {
    Dataset dataset = write(List.of(ORDERS), write -> write);
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(
          List.of(Path.of(dataset.folder()).getFileName()), left.map(Path::getFileName).toList());
    }
  }

  @Test
  void aTrainSplitWithoutRowsFailsAndLeavesNoDataset() {
    int[] late = labeledTrain(0);
    Exception failed =
        assertThrows(RuntimeException.class, () -> write(List.of(ORDERS.take(late)), w -> w));
    assertTrue(failed.getMessage().contains("no row with a label"), failed.getMessage());
    assertThrows(IOException.class, () -> Dataset.open(folder.toString()));
  }

  @Test
  void aLambdaInThePlanIsRefusedSayingWhereItMayStand() {
    FitPlan plan =
        FitPlan.of(
            Orders.SOURCE,
            List.of(RowFunction.of("amount", amount -> amount * 100, "cents")),
            Orders.columns(),
            FitSteps.DEFAULT);
    Exception failed =
        assertThrows(RuntimeException.class, () -> write(List.of(ORDERS), plan, w -> w));
    assertTrue(
        failed.getMessage().contains("or compute its column before the fit"), failed.getMessage());
  }

  @Test
  void whatIsMissingIsSaidWhenThePipelineIsBuilt() {
    Pipeline pipeline = Pipeline.create();
    PCollectionTuple splits =
        pipeline
            .apply("Orders", Create.of(ORDERS))
            .apply("Split", SplitByDate.at("placed", Orders.VALIDATION, Orders.TEST));
    Exception refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> splits.apply("Write", WriteDataset.to(folder.toString())));
    assertTrue(
        refused
            .getMessage()
            .endsWith("call withTransform with the transform that encoded the rows"),
        refused.getMessage());
    PCollectionView<FittedTransform> view =
        splits.get(SplitByDate.TRAIN).apply("Fit", FitTransform.of(Orders.plan()).asView());
    Exception noRows =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                splits.apply(
                    "Write 0",
                    WriteDataset.to(folder.toString()).withTransform(view).withRowGroupRows(0)));
    assertEquals(
        "Cannot lay out a parquet file: row groups have from 1 to 67108864 rows (0)",
        noRows.getMessage());
  }

  @Test
  void batchesThatAreNotEncodedAreRefused() {
    Pipeline pipeline = Pipeline.create();
    PCollectionTuple splits =
        pipeline
            .apply("Orders", Create.of(ORDERS))
            .apply("Split", SplitByDate.at("placed", Orders.VALIDATION, Orders.TEST));
    PCollectionView<FittedTransform> view =
        splits.get(SplitByDate.TRAIN).apply("Fit", FitTransform.of(Orders.plan()).asView());
    splits.apply("Write", WriteDataset.to(folder.toString()).withTransform(view));
    Exception failed = assertThrows(RuntimeException.class, () -> pipeline.run().waitUntilFinish());
    assertTrue(failed.getMessage().contains("apply ApplyTransform first"), failed.getMessage());
  }

  private Dataset write(List<ColumnBatch> orders, UnaryOperator<WriteDataset> options)
      throws IOException {
    return write(orders, Orders.plan(), options);
  }

  private Dataset write(List<ColumnBatch> orders, FitPlan plan, UnaryOperator<WriteDataset> options)
      throws IOException {
    Pipeline pipeline = Pipeline.create();
    PCollectionTuple splits =
        pipeline
            .apply("Orders", Create.of(orders))
            .apply("Split", SplitByDate.at("placed", Orders.VALIDATION, Orders.TEST));
    PCollectionView<FittedTransform> view =
        splits.get(SplitByDate.TRAIN).apply("Fit", FitTransform.of(plan).asView());
    WriteDataset write = WriteDataset.to(folder.toString()).withTransform(view).createdAt(CREATED);
    splits.apply("Apply", ApplyTransform.toSplits(view)).apply("Write", options.apply(write));
    pipeline.run().waitUntilFinish();
    return Dataset.open(folder.toString());
  }

  private static List<ColumnBatch> read(Dataset dataset, Split split) throws IOException {
    List<ColumnBatch> batches = new ArrayList<>();
    for (DatasetFile file : dataset.manifest().files(split)) {
      try (ParquetBatchReader reader = ParquetBatchReader.open(dataset.path(file), 1000)) {
        for (ColumnBatch batch = reader.read(); batch != null; batch = reader.read()) {
          batches.add(batch);
        }
      }
    }
    return batches;
  }

  /** So many rows of train with a label, and all other rows but those of train. */
  private static int[] labeledTrain(int most) {
    int[] train =
        IntStream.range(0, ORDERS.rows())
            .filter(row -> !ORDERS.column("placed").isNull(row))
            .filter(row -> !ORDERS.column("days").isNull(row))
            .filter(row -> day(row) < boundary(Split.VALIDATION))
            .limit(most)
            .toArray();
    int[] others =
        IntStream.range(0, ORDERS.rows())
            .filter(row -> !ORDERS.column("placed").isNull(row))
            .filter(row -> day(row) >= boundary(Split.VALIDATION))
            .toArray();
    return IntStream.concat(IntStream.of(train), IntStream.of(others)).toArray();
  }

  private static long day(int row) {
    return ((LongColumn) ORDERS.column("placed")).values()[row];
  }

  private static long boundary(Split split) {
    return (split == Split.TEST ? Orders.TEST : Orders.VALIDATION).toEpochDay();
  }
}
