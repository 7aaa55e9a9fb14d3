package dev.almanac.transforms.feature.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.column.Validity;
import dev.almanac.transforms.feature.Cast;
import dev.almanac.transforms.feature.Clip;
import dev.almanac.transforms.feature.DatePart;
import dev.almanac.transforms.feature.DateParts;
import dev.almanac.transforms.feature.Difference;
import dev.almanac.transforms.feature.EqualsIndicator;
import dev.almanac.transforms.feature.Features;
import dev.almanac.transforms.feature.HashBucket;
import dev.almanac.transforms.feature.IsNull;
import dev.almanac.transforms.feature.Log1p;
import dev.almanac.transforms.feature.NullIfFlagged;
import dev.almanac.transforms.feature.Ratio;
import dev.almanac.transforms.feature.RowFeature;
import dev.almanac.transforms.feature.RowFunction;
import dev.almanac.transforms.problem.Problems;
import dev.almanac.transforms.schema.text.DateForm;
import dev.almanac.transforms.schema.text.NumberForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnreadableCellsTest {
  private static final TableSchema SCHEMA =
      TableSchema.of(
          List.of(
              new Field("text", ColumnType.STRING, true),
              new Field("x", ColumnType.DOUBLE, true),
              new Field("y", ColumnType.DOUBLE, false),
              new Field("n", ColumnType.LONG, true),
              new Field("day", ColumnType.DATE, true)));

  private static final List<RowFeature> STEPS =
      List.of(
          new Cast("text", ColumnType.DOUBLE, "number"),
          new Cast("text", ColumnType.LONG, "integer"),
          new Cast("text", ColumnType.DATE, "date"),
          new Cast("text", ColumnType.DATE, "day-first", DateForm.DAY_FIRST),
          new Cast("x", ColumnType.LONG, "whole"),
          new Cast("n", ColumnType.DATE, "of-days"),
          new Cast("n", ColumnType.DOUBLE, "wide"),
          new Log1p("x", "log"),
          new Log1p("number", null),
          new Ratio("x", "y", "ratio"),
          new Difference("x", "y", "difference"),
          new Clip("x", 0.0, null, "clipped"),
          new NullIfFlagged("n", "text", 1),
          new DateParts("day", DatePart.MONTH, DatePart.MONTH_SIN),
          new EqualsIndicator("text", "7", "seven"),
          new IsNull("x", "no-x"),
          new HashBucket("text", 4, "bucket"),
          RowFunction.ofText("text", text -> text.isEmpty() ? null : text, "some"),
          RowFunction.of("x", x -> Math.sqrt(x), "root"));

  private static final String[] TEXTS = {
    "7",
    "1.5",
    "2,210",
    " 8 ",
    "",
    "ERR",
    "2020-02-30",
    "2020-02-03",
    "3/4/2020",
    "30/4/2020",
    "1f",
    "NaN",
    "1e400",
    "-4",
    null,
    null
  };

  /** Every step's own columns, by nothing but their cells. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatIsCountedIsTheNullsOfRowsWhoseInputsAreAllThere(long seed) {
    FeaturePlan plan = FeaturePlan.of(SCHEMA, STEPS);
    Random random = new Random(seed);
    ColumnBatch batch = batch(random, 1 + random.nextInt(700));
    byte[] groups = new byte[batch.rows()];
    for (int row = 0; row < groups.length; row++) {
      groups[row] = (byte) (random.nextInt(4) - 1);
    }
    UnreadableCounts counts = counts(plan, batch, groups, 0, batch.rows());

    List<Long> cells = new ArrayList<>();
    for (int i = 0; i < plan.partialColumns().size(); i++) {
      PartialColumn partial = plan.partialColumns().get(i);
      // The column as it stands behind its own step and before any later one.
      ColumnBatch until = until(batch, partial);
      ColumnBatch before = before(batch, partial);
      long[] lost = new long[3];
      long[] there = new long[3];
      for (int row = 0; row < groups.length; row++) {
        int at = row;
        boolean all =
            List.of(partial.input().split(", ")).stream()
                .noneMatch(name -> before.column(name).isNull(at));
        if (groups[row] >= 0 && all) {
          there[groups[row]]++;
          lost[groups[row]] += until.column(partial.column()).isNull(row) ? 1 : 0;
        }
      }
      for (int group = 0; group < 3; group++) {
        cells.add(there[group]);
      }
      int column = i;
      List<Long> counted =
          counts.lost().stream()
              .filter(each -> each.column() == column)
              .findFirst()
              .map(UnreadableCounts.Lost::cells)
              .orElse(List.of(0L, 0L, 0L));
      assertEquals(List.of(lost[0], lost[1], lost[2]), counted, partial.toString());
    }
    assertEquals(cells, counts.cells());
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15})
  void theSumOfPartsIsTheWholeHoweverTheyAreCut(long seed) {
    FeaturePlan plan = FeaturePlan.of(SCHEMA, STEPS);
    Random random = new Random(seed);
    ColumnBatch batch = batch(random, 500);
    byte[] groups = new byte[batch.rows()];
    for (int row = 0; row < groups.length; row++) {
      groups[row] = (byte) (random.nextInt(4) - 1);
    }
    UnreadableCounts whole = counts(plan, batch, groups, 0, batch.rows());
    UnreadableCounts parts = UnreadableCounts.none(plan, 3);
    for (int from = 0; from < batch.rows(); ) {
      int until = Math.min(batch.rows(), from + 1 + random.nextInt(130));
      parts = parts.plus(counts(plan, batch, groups, from, until));
      from = until;
    }
    assertEquals(whole, parts);
    assertTrue(whole.lost().size() >= 8, whole.toString());
  }

  @Test
  void placesAreTheFirstLinesOfCountedRowsWithTheText() {
    FeaturePlan plan =
        FeaturePlan.of(SCHEMA, List.of(new Cast("text", ColumnType.DOUBLE, "number")));
    ColumnBatch batch =
        new ColumnBatch(
            SCHEMA,
            List.of(
                StringColumn.of("1", "2,210", "x", null, "3"),
                DoubleColumn.of(0, 0, 0, 0, 0),
                DoubleColumn.of(0, 0, 0, 0, 0),
                LongColumn.of(0, 0, 0, 0, 0),
                LongColumn.dates(0, 0, 0, 0, 0)),
            5);
    UnreadableCells cells = new UnreadableCells(plan, "a.csv", 1);
    cells.expect(new byte[] {0, -1, 0, 0, 0}, row -> 10 + row);
    plan.apply(batch, cells);
    assertEquals(
        "[Lost[column=0, cells=[1], first=[Place[file=a.csv, line=12, byteOffset=null, text=x]]]]",
        cells.counts().lost().toString());
    assertEquals(List.of(3L), cells.counts().cells());
  }

  @Test
  void aCastReadsNumbersAsTheSourceWritesThem() {
    NumberForm german = new NumberForm(',', '.');
    RowFeature one = new Cast("text", ColumnType.DOUBLE, "number").reading(german);
    assertEquals(new Cast("text", ColumnType.DOUBLE, "number", null, ",", "."), one);
    assertEquals(one, RowFeature.of(one.json()));
    assertEquals(one, one.reading(new NumberForm(';', null)));
    List<RowFeature> several = new ArrayList<>();
    Problems problems = new Problems();
    several.addAll(
        Features.read(
            JsonNodeFactory.instance
                .arrayNode()
                .add(
                    JsonNodeFactory.instance
                        .objectNode()
                        .set(
                            "cast",
                            JsonNodeFactory.instance
                                .objectNode()
                                .put("to", "double")
                                .put("into", "number")
                                .set("columns", JsonNodeFactory.instance.arrayNode().add("text")))),
            problems));
    problems.refuse();
    several.replaceAll(step -> step.reading(german));
    FeaturePlan plan = FeaturePlan.of(SCHEMA, several);
    assertEquals(List.of(one), plan.features());
    ColumnBatch batch =
        new ColumnBatch(
            SCHEMA,
            List.of(
                StringColumn.of("1.234,5", "2,210", "12.34", "1.234.567"),
                DoubleColumn.of(0, 0, 0, 0),
                DoubleColumn.of(0, 0, 0, 0),
                LongColumn.of(0, 0, 0, 0),
                LongColumn.dates(0, 0, 0, 0)),
            4);
    DoubleColumn numbers = (DoubleColumn) plan.apply(batch).column("number");
    assertEquals(1234.5, numbers.values()[0]);
    assertEquals(2.21, numbers.values()[1]);
    assertTrue(numbers.isNull(2));
    assertEquals(1234567, numbers.values()[3]);
  }

  @Test
  void aStepThatMeansToClearCellsIsNotCounted() {
    FeaturePlan plan = FeaturePlan.of(SCHEMA, List.of(new NullIfFlagged("n", "text", 1)));
    assertEquals(List.of(), plan.partialColumns());
  }

  private static UnreadableCounts counts(
      FeaturePlan plan, ColumnBatch batch, byte[] groups, int from, int until) {
    UnreadableCells cells = new UnreadableCells(plan, "a.csv", 3);
    byte[] own = java.util.Arrays.copyOfRange(groups, from, until);
    cells.expect(own, row -> from + row + 2);
    plan.apply(batch.slice(from, until), cells);
    return cells.counts();
  }

  private static ColumnBatch until(ColumnBatch batch, PartialColumn partial) {
    return FeaturePlan.of(SCHEMA, STEPS.subList(0, step(partial) + 1)).apply(batch);
  }

  private static ColumnBatch before(ColumnBatch batch, PartialColumn partial) {
    return FeaturePlan.of(SCHEMA, STEPS.subList(0, step(partial))).apply(batch);
  }

  private static int step(PartialColumn partial) {
    for (int i = 0; i < STEPS.size(); i++) {
      List<PartialColumn> columns =
          FeaturePlan.of(SCHEMA, STEPS.subList(0, i + 1)).partialColumns();
      if (columns.contains(partial)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no step makes " + partial);
  }

  private static ColumnBatch batch(Random random, int rows) {
    String[] texts = new String[rows];
    double[] x = new double[rows];
    double[] y = new double[rows];
    long[] n = new long[rows];
    long[] days = new long[rows];
    for (int row = 0; row < rows; row++) {
      texts[row] = TEXTS[random.nextInt(TEXTS.length)];
      x[row] = new double[] {-2, -1, 0, 3, 1e308, -1e308, 1e19}[random.nextInt(7)];
      y[row] = new double[] {0, -1e308, 1e308, 4}[random.nextInt(4)];
      n[row] = new long[] {0, 18_000, 20_200_101, -7, Long.MAX_VALUE}[random.nextInt(5)];
      days[row] = random.nextInt(20_000);
    }
    List<Column> columns =
        List.of(
            StringColumn.of(texts),
            masked(x, random),
            new DoubleColumn(y, Validity.all(rows)),
            masked(ColumnType.LONG, n, random),
            masked(ColumnType.DATE, days, random));
    return new ColumnBatch(SCHEMA, columns, rows);
  }

  private static Column masked(double[] values, Random random) {
    Validity validity = validity(values.length, random);
    for (int row = 0; row < values.length; row++) {
      values[row] = validity.isValid(row) ? values[row] : 0;
    }
    return new DoubleColumn(values, validity);
  }

  private static Column masked(ColumnType type, long[] values, Random random) {
    Validity validity = validity(values.length, random);
    for (int row = 0; row < values.length; row++) {
      values[row] = validity.isValid(row) ? values[row] : 0;
    }
    return new LongColumn(type, values, validity);
  }

  private static Validity validity(int rows, Random random) {
    long[] words = new long[(rows + 63) >>> 6];
    for (int row = 0; row < rows; row++) {
      words[row >>> 6] |= (random.nextInt(5) == 0 ? 0L : 1L) << row;
    }
    return Validity.of(rows, words);
  }
}
