package dev.almanac.transforms.beam;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.encode.FitSteps;
import dev.almanac.transforms.encode.LabelKind;
import dev.almanac.transforms.encode.ModelColumns;
import dev.almanac.transforms.feature.DatePart;
import dev.almanac.transforms.feature.DateParts;
import dev.almanac.transforms.feature.RowFunction;
import dev.almanac.transforms.fit.FitPlan;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.logicaltypes.SqlTypes;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/library.md, the transforms on somebody's own files, as it stands there. */
class LibraryExampleTest {
  private static final int ORDERS = 3 * 365;

  private static final Schema SCHEMA =
      Schema.builder()
          .addLogicalTypeField("placed", SqlTypes.DATE)
          .addDoubleField("amount")
          .addInt32Field("items")
          .addNullableField("category", FieldType.STRING)
          .addNullableField("days", FieldType.DOUBLE)
          .build();

  @TempDir Path temporary;

  @Test
  void theExampleMakesADatasetOfSomebodysFiles() throws IOException {
    Path files = Files.createDirectories(temporary.resolve("orders"));
    StringBuilder csv = new StringBuilder("placed,amount,items,category,days\n");
    for (Row order : orders()) {
      csv.append(
          order.getValues().stream()
              .map(value -> value == null ? "" : value.toString())
              .collect(Collectors.joining(",", "", "\n")));
    }
    Files.writeString(files.resolve("2023.csv"), csv);
    String folder = temporary.resolve("datasets").toString();
    example(files + "/*.csv", folder);

    Dataset dataset = Dataset.open(folder);
    dataset.verify(List.of(Split.values()));
    DatasetColumns columns = dataset.manifest().columns();
    assertEquals(List.of("price", "items", "placed.month-sin"), columns.numeric());
    assertEquals(List.of(new DatasetColumns.Category("category", 2 + 3)), columns.nominal());
    assertEquals("days", columns.label().column());
    assertEquals(2 * 365 - 73, dataset.manifest().rows(Split.TRAIN));
    assertEquals(ORDERS, dataset.manifest().totals().read());
    assertEquals(ORDERS / 10 + 1, dataset.manifest().totals().dropped());
    FittedTransform transform = FittedTransform.read(dataset.folder() + "/transform");
    double price =
        orders().stream()
            .filter(row -> row.getValue("days") != null)
            .filter(row -> row.<LocalDate>getValue("placed").isBefore(LocalDate.of(2025, 1, 1)))
            .mapToDouble(row -> row.getDouble("amount") / row.getInt32("items"))
            .average()
            .orElseThrow();
    assertEquals(price, transform.numeric().get(0).statistics().mean(), 1e-12 * price);
  }

  @Test
  void rowsOfAPipelineArePackedIntoTheSameColumns() {
    Pipeline pipeline = Pipeline.create();
    PCollection<Row> orders = pipeline.apply("Orders", Create.of(orders()).withRowSchema(SCHEMA));
    PAssert.that(rows(orders).apply("Count", CountRows.create())).containsInAnyOrder((long) ORDERS);
    pipeline.run().waitUntilFinish();
  }

  private static PCollection<ColumnBatch> rows(PCollection<Row> orders) {
    // docs: begin
    ComputeFeatures features =
        ComputeFeatures.on(orders.getSchema()).with(new DateParts("placed", DatePart.MONTH_SIN));
    PCollection<ColumnBatch> batches =
        orders
            .apply("Pack", RowsToBatches.create()) // an element is now thousands of rows
            .apply("Compute", features);
    // docs: end
    return batches;
  }

  private static void example(String files, String folder) {
    // docs: begin
    Pipeline pipeline = Pipeline.create();
    // files: CSV or parquet, here with placed (a date), amount, items, category, days (to delivery)
    ReadSource read = ReadSource.from(files).inferred();
    ComputeFeatures features =
        ComputeFeatures.on(read.table())
            .with(
                RowFunction.of("amount", "items", (amount, items) -> amount / items, "price"),
                new DateParts("placed", DatePart.MONTH_SIN));
    List<String> numeric = List.of("price", "items", "placed.month-sin");
    ModelColumns columns =
        new ModelColumns(
            "days", LabelKind.REGRESSION, numeric, List.of("category"), List.of("placed"));
    FitPlan plan = FitPlan.of(features.columns(), List.of(), columns, FitSteps.DEFAULT);

    PCollectionTuple splits =
        pipeline
            .apply("Read", read)
            .get(ReadSource.ROWS) // an element is thousands of rows
            .apply("Compute", features)
            .apply(
                "Split",
                SplitByDate.at("placed", LocalDate.of(2025, 1, 1), LocalDate.of(2025, 7, 1)));
    PCollectionView<FittedTransform> fitted =
        splits.get(SplitByDate.TRAIN).apply("Fit", FitTransform.of(plan).asView());
    splits
        .apply("Encode", ApplyTransform.toSplits(fitted))
        .apply("Write", WriteDataset.to(folder).withTransform(fitted).readBy(read));
    pipeline.run().waitUntilFinish();
    // docs: end
  }

  /** An order a day for three years; every tenth has not been delivered. */
  private static List<Row> orders() {
    List<Row> orders = new ArrayList<>();
    for (int i = 0; i < ORDERS; i++) {
      orders.add(
          Row.withSchema(SCHEMA)
              .addValues(
                  LocalDate.of(2023, 1, 2).plusDays(i),
                  10.0 + i % 90,
                  1 + i % 4,
                  i % 5 == 0 ? null : "category " + i % 3,
                  i % 10 == 0 ? null : (double) (1 + i % 7))
              .build());
    }
    return orders;
  }
}
