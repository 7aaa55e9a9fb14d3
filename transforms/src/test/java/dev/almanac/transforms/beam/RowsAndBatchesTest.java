package dev.almanac.transforms.beam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.beam.coder.ColumnBatchCoder;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.IntColumn;
import dev.almanac.transforms.column.TableSchema;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.CannotProvideCoderException;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.logicaltypes.SqlTypes;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.joda.time.DateTime;
import org.joda.time.DateTimeZone;
import org.junit.jupiter.api.Test;

class RowsAndBatchesTest {
  private static final Schema ROWS =
      Schema.builder()
          .addInt64Field("number")
          .addNullableField("day", FieldType.logicalType(SqlTypes.DATE))
          .addNullableField("instant", FieldType.DATETIME)
          .addNullableField("small", FieldType.BYTE)
          .addNullableField("flag", FieldType.BOOLEAN)
          .addNullableField("real", FieldType.FLOAT)
          .addNullableField("money", FieldType.DECIMAL)
          .addNullableField("text", FieldType.STRING)
          .build();

  private static final Schema UNPACKED =
      Schema.builder()
          .addInt64Field("number")
          .addNullableField("day", FieldType.logicalType(SqlTypes.DATE))
          .addNullableField("instant", FieldType.logicalType(SqlTypes.DATE))
          .addNullableField("small", FieldType.INT64)
          .addNullableField("flag", FieldType.INT64)
          .addNullableField("real", FieldType.DOUBLE)
          .addNullableField("money", FieldType.DOUBLE)
          .addNullableField("text", FieldType.STRING)
          .build();

  private static final int COUNT = 9_000;

  @Test
  void rowsComeBackFromBatchesWithTheirDatesNullsAndNumbers() {
    Pipeline pipeline = Pipeline.create();
    PCollection<Row> back =
        pipeline
            .apply("Rows", Create.of(rows()).withRowSchema(ROWS))
            .apply("Several bundles", Reshuffle.<Row>viaRandomKey().withNumBuckets(4))
            .setRowSchema(ROWS)
            .apply("Pack", RowsToBatches.create())
            .apply("Unpack", BatchesToRows.of(RowSchemas.table(ROWS)));
    assertEquals(UNPACKED, back.getSchema());
    PAssert.that(back)
        .satisfies(
            unpacked -> {
              List<Row> sorted = new ArrayList<>();
              unpacked.forEach(sorted::add);
              sorted.sort(Comparator.comparing(row -> row.getInt64("number")));
              assertEquals(expected(), sorted);
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void aBatchHasManyRowsAndTheSchemaOfItsRows() {
    Pipeline pipeline = Pipeline.create();
    PCollection<ColumnBatch> batches =
        pipeline
            .apply("Rows", Create.of(rows()).withRowSchema(ROWS))
            .apply("Pack", RowsToBatches.create());
    PAssert.that(batches)
        .satisfies(
            packed -> {
              int rows = 0;
              int count = 0;
              for (ColumnBatch batch : packed) {
                assertEquals(RowSchemas.table(ROWS), batch.schema());
                assertTrue(batch.rows() > 0 && batch.rows() <= 8192, batch.toString());
                rows += batch.rows();
                count++;
              }
              assertEquals(COUNT, rows);
              assertTrue(count < 200, "%d batches".formatted(count));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void encodedColumnsUnpackAsFloatAndInteger() {
    TableSchema encoded =
        TableSchema.of(
            Field.required("feature", ColumnType.FLOAT32),
            Field.required("category", ColumnType.INT32));
    ColumnBatch batch =
        ColumnBatch.of(
            encoded, new FloatColumn(new float[] {1.5f, -0.0f}), new IntColumn(new int[] {0, 7}));
    Pipeline pipeline = Pipeline.create();
    PCollection<Row> rows =
        pipeline.apply("Batches", Create.of(batch)).apply("Unpack", BatchesToRows.of(encoded));
    Schema schema = Schema.builder().addFloatField("feature").addInt32Field("category").build();
    assertEquals(schema, rows.getSchema());
    PAssert.that(rows)
        .satisfies(
            unpacked -> {
              List<Object> cells = new ArrayList<>();
              unpacked.forEach(row -> cells.addAll(row.getValues()));
              assertTrue(cells.containsAll(List.of(1.5f, 0, -0.0f, 7)), cells.toString());
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void aFieldOfAnotherTypeIsRefusedWhenThePipelineIsBuilt() {
    Schema schema = Schema.builder().addArrayField("tags", FieldType.STRING).build();
    Pipeline pipeline = Pipeline.create();
    PCollection<Row> rows = pipeline.apply("Rows", Create.empty(schema));
    Exception refused =
        assertThrows(
            IllegalArgumentException.class, () -> rows.apply("Pack", RowsToBatches.create()));
    assertTrue(refused.getMessage().startsWith("Cannot read field 'tags'"), refused.getMessage());
  }

  @Test
  void aNumberThatIsNotFiniteFailsThePipeline() {
    Schema schema = Schema.builder().addDoubleField("real").build();
    Row row = Row.withSchema(schema).addValues(Double.NaN).build();
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply("Rows", Create.of(row).withRowSchema(schema))
        .apply("Pack", RowsToBatches.create());
    Exception failed = assertThrows(RuntimeException.class, () -> pipeline.run().waitUntilFinish());
    assertTrue(
        failed
            .getMessage()
            .contains("Cannot take a value of column 'real': it must be finite or null (NaN)"),
        failed.getMessage());
  }

  @Test
  void aBatchOfOtherColumnsIsNotUnpacked() {
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply("Batches", Create.of(Orders.batch(3, 1)))
        .apply("Unpack", BatchesToRows.of(RowSchemas.table(ROWS)));
    Exception failed = assertThrows(RuntimeException.class, () -> pipeline.run().waitUntilFinish());
    assertTrue(
        failed.getMessage().contains("Cannot unpack a batch: its columns must be [number, day"),
        failed.getMessage());
  }

  @Test
  void theCoderKeepsBatchesAndBeamFindsItByItself()
      throws CoderException, CannotProvideCoderException {
    for (int rows : new int[] {0, 1, 63, 64, 65, 1000}) {
      ColumnBatch batch = Orders.batch(rows, rows);
      assertEquals(batch, CoderUtils.clone(ColumnBatchCoder.of(), batch));
    }
    assertEquals(ColumnBatchCoder.of(), SerializableUtils.clone(ColumnBatchCoder.of()));
    assertEquals(ColumnBatchCoder.of(), CoderRegistry.createDefault().getCoder(ColumnBatch.class));
  }

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (long i = 0; i < COUNT; i++) {
      boolean isNull = i % 11 == 0;
      rows.add(
          Row.withSchema(ROWS)
              .addValues(
                  i,
                  isNull ? null : LocalDate.of(1960, 1, 1).plusDays(i),
                  isNull ? null : instant(i),
                  isNull ? null : (byte) (i % 100),
                  isNull ? null : i % 2 == 0,
                  isNull ? null : i / 8f,
                  isNull ? null : new BigDecimal(i).movePointLeft(2),
                  isNull ? null : "text " + i % 17)
              .build());
    }
    return rows;
  }

  /** The last millisecond of a day, before 1970 as well as after. */
  private static DateTime instant(long i) {
    return new DateTime(1969, 12, 1, 23, 59, 59, 999, DateTimeZone.UTC).plusDays((int) (i % 90));
  }

  private static List<Row> expected() {
    List<Row> rows = new ArrayList<>();
    for (long i = 0; i < COUNT; i++) {
      boolean isNull = i % 11 == 0;
      rows.add(
          Row.withSchema(UNPACKED)
              .addValues(
                  i,
                  isNull ? null : LocalDate.of(1960, 1, 1).plusDays(i),
                  isNull ? null : LocalDate.of(1969, 12, 1).plusDays(i % 90),
                  isNull ? null : i % 100,
                  isNull ? null : (i % 2 == 0 ? 1L : 0L),
                  isNull ? null : i / 8.0,
                  isNull ? null : new BigDecimal(i).movePointLeft(2).doubleValue(),
                  isNull ? null : "text " + i % 17)
              .build());
    }
    return rows;
  }
}
