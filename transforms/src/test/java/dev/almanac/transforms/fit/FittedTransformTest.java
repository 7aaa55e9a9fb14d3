package dev.almanac.transforms.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.almanac.transforms.analyze.FitAccumulator;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.IntColumn;
import dev.almanac.transforms.encode.FitSteps;
import dev.almanac.transforms.encode.NumericEncoder;
import dev.almanac.transforms.encode.vocabulary.Vocabulary;
import dev.almanac.transforms.feature.Difference;
import dev.almanac.transforms.feature.RowFunction;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.schema.SourceColumn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FittedTransformTest {
  private static final int ROWS = 900;
  private static final FitPlan PLAN = Weather.plan();
  private static final ColumnBatch TRAIN = Weather.rows(ROWS, 1);
  private static final FittedTransform FITTED = Weather.fitted(PLAN, TRAIN);

  @Test
  void theOutputIsFeaturesCategoriesLabelAndWhatIsKept() {
    assertEquals(
        List.of(
            Field.required("PRCP", ColumnType.FLOAT32),
            Field.required("PRCP.missing", ColumnType.FLOAT32),
            Field.required("TMIN", ColumnType.FLOAT32),
            Field.required("TMIN.missing", ColumnType.FLOAT32),
            Field.required("LATITUDE", ColumnType.FLOAT32),
            Field.required("DATE.day-of-year-sin", ColumnType.FLOAT32),
            Field.required("DATE.day-of-year-cos", ColumnType.FLOAT32),
            Field.required("PRCP.log", ColumnType.FLOAT32),
            Field.required("STATION", ColumnType.INT32),
            Field.required("MIX", ColumnType.INT32),
            Field.required("STATION.bucket", ColumnType.INT32),
            Field.required("TMAX", ColumnType.FLOAT32),
            Field.nullable("keep.STATION", ColumnType.STRING),
            Field.required("keep.DATE", ColumnType.DATE),
            Field.nullable("keep.TMIN", ColumnType.LONG)),
        FITTED.outputSchema().fields());
    assertEquals(FITTED.outputSchema(), encoded(FITTED, TRAIN).schema());
    DatasetColumns columns = FITTED.datasetColumns();
    assertEquals(8, columns.numeric().size());
    assertEquals("STATION", columns.nominal().get(0).name());
    assertEquals(new DatasetColumns.Category("MIX", 2 + 7), columns.nominal().get(1));
    assertEquals(FITTED.nominal().get(0).cardinality(), columns.nominal().get(0).cardinality());
    assertEquals(FITTED.label().statistics().mean(), columns.label().mean());
    assertEquals(new DatasetColumns.Kept("keep.DATE", "DATE", "date"), columns.keep().get(1));
  }

  @Test
  void batchSizeNeverChangesAnEncoding() {
    ColumnBatch rows = Weather.rows(ROWS, 2);
    ColumnBatch whole = encoded(FITTED, rows);
    for (int size : new int[] {1, 10, 333}) {
      for (int from = 0; from < ROWS; from += size) {
        int[] part = IntStream.range(from, Math.min(ROWS, from + size)).toArray();
        assertEquals(whole.take(part), encoded(FITTED, rows.take(part)));
      }
    }
  }

  @Test
  void oneRowAloneEncodesToTheBitsOfItsBatch() {
    ColumnBatch rows = Weather.rows(ROWS, 3);
    ColumnBatch whole = encoded(FITTED, rows);
    Random random = new Random(3);
    for (int row = 0; row < ROWS; row++) {
      EncodedRow alone = FITTED.encodeRow(Weather.cells(random));
      float[] numeric = new float[alone.numeric().length];
      for (int i = 0; i < numeric.length; i++) {
        numeric[i] = ((FloatColumn) whole.column(FITTED.numericNames().get(i))).values()[row];
      }
      int[] categories = new int[alone.categories().length];
      for (int i = 0; i < categories.length; i++) {
        categories[i] = ((IntColumn) whole.column(FITTED.nominalNames().get(i))).values()[row];
      }
      assertArrayEquals(numeric, alone.numeric());
      assertArrayEquals(categories, alone.categories());
    }
  }

  @Test
  void theFitDoesNotMoveWhenOtherRowsAreRubbish() throws IOException {
    int[] trainRows = IntStream.range(0, ROWS).filter(row -> row % 3 != 0).toArray();
    ColumnBatch rows = PLAN.features().apply(TRAIN);
    FitAccumulator clean = PLAN.accumulator();
    clean.add(rows, trainRows);
    for (long seed = 50; seed < 55; seed++) {
      FitAccumulator beside = PLAN.accumulator();
      beside.add(PLAN.features().apply(everyThirdRowFrom(seed)), trainRows);
      assertArrayEquals(bytes(clean), bytes(beside));
      assertEquals(PLAN.fit(clean).hash(), PLAN.fit(beside).hash());
    }
  }

  /** The train batch with every third row, which is not of train, made from another seed. */
  private static ColumnBatch everyThirdRowFrom(long seed) {
    Random mine = new Random(1);
    Random other = new Random(seed);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      Map<String, Object> cells = Weather.cells(mine);
      rows.add(row % 3 == 0 ? Weather.cells(other) : cells);
    }
    return Weather.batch(rows);
  }

  @Test
  void theOrderOfMergingNeverChangesTheFit() throws IOException {
    ColumnBatch rows = PLAN.features().apply(TRAIN);
    FitAccumulator whole = PLAN.accumulator();
    whole.add(rows);
    Random random = new Random(4);
    for (int round = 0; round < 10; round++) {
      List<FitAccumulator> parts = new ArrayList<>();
      int step = 1 + random.nextInt(200);
      for (int from = 0; from < ROWS; from += step) {
        FitAccumulator part = PLAN.accumulator();
        part.add(rows, IntStream.range(from, Math.min(ROWS, from + step)).toArray());
        parts.add(FitAccumulator.read(new DataInputStream(new ByteArrayInputStream(bytes(part)))));
      }
      Collections.shuffle(parts, random);
      while (parts.size() > 1) {
        FitAccumulator left = parts.remove(random.nextInt(parts.size()));
        left.merge(parts.remove(random.nextInt(parts.size())));
        parts.add(left);
      }
      assertArrayEquals(bytes(whole), bytes(parts.get(0)));
      assertEquals(PLAN.fit(whole), PLAN.fit(parts.get(0)));
    }
    assertEquals(FITTED.hash(), PLAN.fit(whole).hash());
  }

  @Test
  void trainComesOutStandardized() {
    NumericEncoder latitude =
        FITTED.numeric().stream().filter(n -> n.column().equals("LATITUDE")).findFirst().get();
    ColumnBatch encoded = encoded(FITTED, TRAIN);
    Column cells = TRAIN.column("LATITUDE");
    float[] values = ((FloatColumn) encoded.column("LATITUDE")).values();
    double sum = 0;
    double squares = 0;
    for (int row = 0; row < ROWS; row++) {
      if (cells.isNull(row)) {
        assertEquals(0f, values[row]);
      }
      sum += values[row];
      squares += (double) values[row] * values[row];
    }
    assertEquals(0, sum / ROWS, 1e-6);
    assertEquals(1, squares / latitude.statistics().count(), 1e-6);
  }

  @Test
  void nullAndUnknownCategoriesAreApart() {
    int[] nothing = FITTED.encodeRow(Map.of()).categories();
    int[] unknown = FITTED.encodeRow(Map.of("STATION", "never seen")).categories();
    assertEquals(Vocabulary.NULL, nothing[0]);
    assertEquals(Vocabulary.UNKNOWN, unknown[0]);
    assertEquals(Vocabulary.NULL, nothing[1]);
    assertEquals(Vocabulary.NULL, nothing[2]);
  }

  @Test
  void withoutItsLabelATransformReadsLessAndEncodesTheSame() {
    FittedTransform unlabelled = FITTED.withoutLabel();
    assertEquals(
        List.of("STATION", "DATE", "LATITUDE", "PRCP", "TMIN"),
        unlabelled.inputs().stream().map(SourceColumn::name).toList());
    ColumnBatch rows = Weather.rows(ROWS, 5);
    ColumnBatch some = rows.select(unlabelled.inputs().stream().map(SourceColumn::name).toList());
    ColumnBatch encoded = encoded(unlabelled, some);
    assertEquals(encoded(FITTED, rows).select(encoded.schema().names()), encoded);
  }

  @Test
  void aTransformTravels() throws IOException, ClassNotFoundException {
    for (Object sent : List.of(FITTED, FITTED.withoutLabel())) {
      assertEquals(sent, travelled(sent));
      assertEquals(((FittedTransform) sent).hash(), ((FittedTransform) travelled(sent)).hash());
    }
    FitPlan plan = (FitPlan) travelled(PLAN);
    assertEquals(FITTED, Weather.fitted(plan, TRAIN));
  }

  @Test
  void functionsWrittenInJavaFitAndEncodeButHaveNoFile() {
    FitPlan plan =
        FitPlan.of(
            Weather.SOURCE,
            List.of(
                new Difference("LATITUDE", "TMIN", "MIX"),
                RowFunction.of("TMIN", x -> x * x, "SQUARE")),
            Weather.COLUMNS,
            FitSteps.DEFAULT);
    FittedTransform fitted = Weather.fitted(plan, TRAIN);
    assertEquals(ROWS, encoded(fitted, TRAIN).rows());
    assertThrows(IllegalArgumentException.class, fitted::hash);
    assertThrows(IllegalArgumentException.class, () -> fitted.write("target/never-written"));
  }

  @Test
  void otherTrainRowsGiveAnotherHash() {
    assertNotEquals(FITTED.hash(), Weather.fitted(PLAN, Weather.rows(ROWS, 6)).hash());
  }

  @Test
  void aCellOfAnotherTypeIsRefused() {
    assertEquals(
        "Cannot encode a row: column 'PRCP' must be long (String 3)",
        assertThrows(IllegalArgumentException.class, () -> FITTED.encodeRow(Map.of("PRCP", "3")))
            .getMessage());
  }

  private static ColumnBatch encoded(FittedTransform transform, ColumnBatch raw) {
    return transform.encode(transform.applyFeatures(raw));
  }

  private static byte[] bytes(FitAccumulator accumulator) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    accumulator.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static Object travelled(Object sent) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(sent);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }
}
