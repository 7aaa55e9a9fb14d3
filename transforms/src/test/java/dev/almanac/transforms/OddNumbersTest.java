package dev.almanac.transforms;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.almanac.transforms.analyze.FitAccumulator;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.csv.CsvBatchReader;
import dev.almanac.transforms.csv.CsvSchemaReader;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.encode.BinEncoder;
import dev.almanac.transforms.encode.FitSteps;
import dev.almanac.transforms.encode.ImputeMean;
import dev.almanac.transforms.encode.Index;
import dev.almanac.transforms.encode.ModelColumns;
import dev.almanac.transforms.encode.NominalStep;
import dev.almanac.transforms.encode.None;
import dev.almanac.transforms.encode.NumericStep;
import dev.almanac.transforms.encode.NumericSummary;
import dev.almanac.transforms.encode.QuantileBins;
import dev.almanac.transforms.encode.Standardize;
import dev.almanac.transforms.feature.Ratio;
import dev.almanac.transforms.feature.RowFeature;
import dev.almanac.transforms.fit.FitPlan;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.reject.Reject;
import dev.almanac.transforms.schema.SchemaColumn;
import dev.almanac.transforms.schema.SourceColumn;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The way of odd numbers from a cell's text over schema, reader and statistics to a model's float,
 * as transforms/README.md states it.
 */
class OddNumbersTest {
  private static final CsvFormat FORMAT = CsvFormat.standard();

  @Test
  void whatIsNotFiniteLeavesTheColumnDoubleAndItsRowIsRejectedWithAReason() throws IOException {
    for (String text : List.of("NaN", "nan", "-Inf", "Infinity", "+INFINITY", "1e309", "-1e999")) {
      SchemaColumn column = inferred("1.5", text, "2.5");
      assertEquals(ColumnType.DOUBLE, column.column().type(), text);
      assertEquals(1L, column.seen().notFinite(), text);
      Way way = way(FORMAT, column.column(), new None(), "1.5", text, "2.5");
      assertEquals(1, way.rejects.size(), text);
      String reason = text.contains("e") && !text.contains("n") ? "out-of-range" : "not-finite";
      assertEquals(reason, way.rejects.get(0).reason().text(), text);
      assertEquals(3, way.rejects.get(0).line());
      assertEquals(text, way.rejects.get(0).text());
      assertEquals(2.0, way.summary.mean());
      assertArrayEquals(new float[] {1.5f, 2.5f}, way.encoded);
    }
  }

  @Test
  void namedAmongTheNullsItIsNullInstead() throws IOException {
    CsvFormat format = FORMAT.withNulls(List.of("", "NaN"));
    SourceColumn column = new SourceColumn("x", ColumnType.DOUBLE, null, true);
    Way way = way(format, column, new ImputeMean(false), "1.5", "NaN", "2.5");
    assertEquals(List.of(), way.rejects);
    assertEquals(1, way.summary.nulls());
    assertArrayEquals(new float[] {1.5f, 2f, 2.5f}, way.encoded);
  }

  @Test
  void aFeatureThatIsNotFiniteIsNull() throws IOException {
    String csv = "a,b\n1,0\n0,0\n6,2\n1e308,1e-308\n";
    List<SourceColumn> source =
        List.of(
            new SourceColumn("a", ColumnType.DOUBLE, null, false),
            new SourceColumn("b", ColumnType.DOUBLE, null, false));
    ModelColumns columns = new ModelColumns(null, null, List.of("r"), List.of(), List.of());
    FitPlan plan =
        FitPlan.of(source, List.of(new Ratio("a", "b", "r")), columns, steps(new ImputeMean(true)));
    FittedTransform fitted = fitted(plan, read(csv, source, FORMAT, new ArrayList<>()));
    NumericSummary summary = fitted.numeric().get(0).statistics();
    assertEquals(3, summary.nulls());
    assertEquals(3.0, summary.mean());
  }

  @Test
  void hugeNumbersKeepEveryStatisticFiniteAndEncodeToFloats() throws IOException {
    SourceColumn column = inferred("1e308", "-1e308", "1.7e308").column();
    assertEquals(ColumnType.DOUBLE, column.type());
    Way way = way(FORMAT, column, new Standardize(0), "1e308", "-1e308");
    assertEquals(0.0, way.summary.mean());
    assertEquals(1e308, way.summary.standardDeviation());
    assertArrayEquals(new float[] {1f, -1f}, way.encoded);
    Way unscaled = way(FORMAT, column, new None(), "1e308", "-1e308", "1e39", "1e38");
    assertArrayEquals(
        new float[] {Float.MAX_VALUE, -Float.MAX_VALUE, Float.MAX_VALUE, 1e38f}, unscaled.encoded);
  }

  @Test
  void denormalsCountInFullAndBecomeTheNearestFloat() throws IOException {
    SourceColumn column = inferred("4.9e-324", "1e-310").column();
    assertEquals(ColumnType.DOUBLE, column.type());
    Way scaled = way(FORMAT, column, new Standardize(0), "5e-324", "15e-324", "2e-324");
    assertEquals(3 * Double.MIN_VALUE, scaled.summary.max());
    assertEquals(0.0, scaled.summary.min(), "below half of the least double is zero");
    assertEquals(4.0 / 3.0, way(FORMAT, column, new None(), "1", "3", "0").summary.mean());
    assertEquals(Double.MIN_VALUE, scaled.summary.mean());
    Way unscaled = way(FORMAT, column, new None(), "5e-324", "1e-45", "1e-310");
    assertArrayEquals(new float[] {0f, Float.MIN_VALUE, 0f}, unscaled.encoded);
  }

  @Test
  void integersBeyondDoublesAreExactUntilTheyAreEncoded() throws IOException {
    String[] cells = {"9007199254740993", "9007199254740995", "9007199254740997"};
    SourceColumn column = inferred(cells).column();
    assertEquals(ColumnType.LONG, column.type());
    Way way = way(FORMAT, column, new Standardize(0), cells);
    assertEquals(Math.sqrt(8.0 / 3.0), way.summary.standardDeviation());
    // The cells as doubles are ..992, ..996 and ..996, and so is the mean.
    assertEquals(9007199254740996.0, way.summary.mean());
    assertArrayEquals(new float[] {(float) (-4 / Math.sqrt(8.0 / 3.0)), 0f, 0f}, way.encoded);
    assertArrayEquals(
        new float[] {9007199254740992f, 9007199254740992f, 9007199254740992f},
        way(FORMAT, column, new None(), cells).encoded);
  }

  @Test
  void integersBeyond64BitsAreDoublesAndRejectedByALongColumn() throws IOException {
    String[] cells = {"9223372036854775808", "1"};
    SchemaColumn column = inferred(cells);
    assertEquals(ColumnType.DOUBLE, column.column().type());
    assertNull(column.seen().notFinite());
    assertArrayEquals(
        new float[] {0x1p63f, 1f}, way(FORMAT, column.column(), new None(), cells).encoded);
    SourceColumn asked = new SourceColumn("x", ColumnType.LONG, null, false);
    Way way = way(FORMAT, asked, new None(), cells);
    assertEquals("out-of-range", way.rejects.get(0).reason().text());
    assertEquals(1, way.summary.count());
    Way least = way(FORMAT, asked, new None(), "-9223372036854775808", "9223372036854775807");
    assertEquals(-0.5, least.summary.mean());
  }

  @Test
  void aZeroHasNoSignInStatisticsAndBins() throws IOException {
    SourceColumn column = inferred("-0.0", "0.0", "1.5").column();
    Way way = way(FORMAT, column, new Standardize(0), "-0.0", "0.0");
    assertEquals(0L, Double.doubleToRawLongBits(way.summary.min()));
    assertEquals(0L, Double.doubleToRawLongBits(way.summary.mean()));
    List<SourceColumn> source = List.of(column);
    ModelColumns columns = new ModelColumns(null, null, List.of(), List.of("x"), List.of());
    List<NominalStep> bins = List.of(new QuantileBins(2));
    FitPlan plan = FitPlan.of(source, List.of(), columns, new FitSteps(List.of(), bins, Map.of()));
    FittedTransform fitted =
        fitted(plan, read("x\n-1.5\n-0.0\n1.5\n", source, FORMAT, new ArrayList<>()));
    assertEquals(List.of(0.0), ((BinEncoder) fitted.nominal().get(0)).edges());
    assertEquals(
        fitted.encodeRow(Map.of("x", 0.0)).categories()[0],
        fitted.encodeRow(Map.of("x", -0.0)).categories()[0]);
  }

  private record Way(List<Reject> rejects, NumericSummary summary, float[] encoded) {}

  private static SchemaColumn inferred(String... cells) throws IOException {
    byte[] csv = csv(cells).getBytes(StandardCharsets.UTF_8);
    return CsvSchemaReader.read(new ByteArrayInputStream(csv), "in.csv", FORMAT)
        .conclude()
        .columns()
        .get(0);
  }

  private static String csv(String... cells) {
    return "x\n" + String.join("\n", cells) + "\n";
  }

  private static Way way(CsvFormat format, SourceColumn column, NumericStep step, String... cells)
      throws IOException {
    List<Reject> rejects = new ArrayList<>();
    ColumnBatch batch = read(csv(cells), List.of(column), format, rejects);
    ModelColumns columns = new ModelColumns(null, null, List.of("x"), List.of(), List.of());
    List<RowFeature> none = List.of();
    FitPlan plan = FitPlan.of(List.of(column), none, columns, steps(step));
    FittedTransform fitted = fitted(plan, batch);
    ColumnBatch encoded = fitted.encode(fitted.applyFeatures(batch));
    return new Way(
        rejects,
        fitted.numeric().get(0).statistics(),
        ((FloatColumn) encoded.column("x")).values());
  }

  private static FitSteps steps(NumericStep step) {
    return new FitSteps(List.of(step), List.of(new Index()), Map.of());
  }

  private static FittedTransform fitted(FitPlan plan, ColumnBatch batch) {
    FitAccumulator train = plan.accumulator();
    train.add(plan.features().apply(batch));
    return plan.fit(train);
  }

  private static ColumnBatch read(
      String csv, List<SourceColumn> wanted, CsvFormat format, List<Reject> rejects)
      throws IOException {
    byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
    try (CsvBatchReader reader =
        CsvBatchReader.open(
            new ByteArrayInputStream(bytes), "in.csv", wanted, format, 100, rejects::add)) {
      return reader.next();
    }
  }
}
