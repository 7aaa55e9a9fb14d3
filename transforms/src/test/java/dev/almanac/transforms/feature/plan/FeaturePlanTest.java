package dev.almanac.transforms.feature.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.feature.Cast;
import dev.almanac.transforms.feature.Clip;
import dev.almanac.transforms.feature.CreatedColumn;
import dev.almanac.transforms.feature.DatePart;
import dev.almanac.transforms.feature.DateParts;
import dev.almanac.transforms.feature.Difference;
import dev.almanac.transforms.feature.EqualsIndicator;
import dev.almanac.transforms.feature.FeatureStepsTest;
import dev.almanac.transforms.feature.HashBucket;
import dev.almanac.transforms.feature.IsNull;
import dev.almanac.transforms.feature.Log1p;
import dev.almanac.transforms.feature.NullIfFlagged;
import dev.almanac.transforms.feature.Role;
import dev.almanac.transforms.feature.RowFeature;
import dev.almanac.transforms.feature.RowFunction;
import dev.almanac.transforms.problem.Problems;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FeaturePlanTest {
  private static final TableSchema SCHEMA =
      TableSchema.of(
          Field.required("DATE", ColumnType.DATE),
          Field.nullable("TMAX", ColumnType.LONG),
          Field.nullable("TMAX_ATTRIBUTES", ColumnType.STRING),
          Field.nullable("TMIN", ColumnType.LONG),
          Field.nullable("UNUSED", ColumnType.STRING));

  @Test
  void laterStepsSeeWhatEarlierOnesWrote() {
    FeaturePlan plan =
        FeaturePlan.of(
            SCHEMA,
            List.of(
                new NullIfFlagged("TMAX", "TMAX_ATTRIBUTES", 2),
                new Difference("TMAX", "TMIN", "RANGE"),
                new Log1p("RANGE", null),
                new HashBucket("DATE", 10, "BUCKET"),
                new DateParts("DATE", DatePart.YEAR, DatePart.MONTH_SIN)));
    assertEquals(List.of("DATE", "TMAX", "TMAX_ATTRIBUTES", "TMIN"), plan.inputs());
    assertEquals(
        List.of(
            new CreatedColumn("RANGE", Role.NUMERIC),
            new CreatedColumn("BUCKET", Role.NOMINAL),
            new CreatedColumn("DATE.year", Role.NUMERIC),
            new CreatedColumn("DATE.month-sin", Role.NUMERIC)),
        plan.createdColumns());
    assertEquals(ColumnType.DOUBLE, plan.outputSchema().field("RANGE").type());
    assertEquals(
        Field.required("DATE.year", ColumnType.LONG), plan.outputSchema().field("DATE.year"));
  }

  @Test
  void onlyTheStepsBehindTheWantedColumnsAreNeeded() {
    NullIfFlagged unflagged = new NullIfFlagged("TMAX", "TMAX_ATTRIBUTES", 2);
    Difference range = new Difference("TMAX", "TMIN", "RANGE");
    Log1p log = new Log1p("RANGE", "RANGE.log");
    DateParts parts = new DateParts("DATE", DatePart.YEAR);
    FeaturePlan plan = FeaturePlan.of(SCHEMA, List.of(unflagged, range, log, parts));
    assertEquals(List.of(unflagged, range, log), plan.featuresFor(Set.of("RANGE.log")));
    assertEquals(List.of(unflagged), plan.featuresFor(Set.of("TMAX", "TMIN")));
    assertEquals(List.of(parts), plan.featuresFor(Set.of("DATE.year")));
    assertEquals(List.of(), plan.featuresFor(Set.of("DATE")));
  }

  @Test
  void everyProblemIsReportedOnceAndNoneThatFollowsFromAnother() {
    List<String> problems =
        problems(
            SCHEMA,
            List.of(
                new Log1p("TMX", "LOG"),
                new Clip("LOG", 0.0, null, null),
                new Log1p("TMAX_ATTRIBUTES", null),
                new Difference("TMAX", "TMIN", "DATE"),
                new DateParts("TMAX", DatePart.YEAR),
                new EqualsIndicator("TMAX", "warm", "WARM"),
                new Cast("LOG", ColumnType.STRING, null)));
    assertEquals(
        List.of(
            "features[0].log1p: there is no column 'TMX' (columns: DATE, TMAX, TMAX_ATTRIBUTES, TMIN, UNUSED; did you mean 'TMAX'?)",
            "features[2].log1p: column 'TMAX_ATTRIBUTES' must hold numbers (it is string)",
            "features[3].difference: cannot create column 'DATE': there is one of that name already; choose another",
            "features[4].date-parts: column 'TMAX' must hold dates (it is long)",
            "features[5].equals: value 'warm' is not a long, which column 'TMAX' holds"),
        problems);
  }

  @Test
  void aPlanWithProblemsIsRefusedWithAllOfThem() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                FeaturePlan.of(SCHEMA, List.of(new IsNull("A", "A.null"), new IsNull("B", "B.n"))));
    assertEquals(2, refused.getMessage().lines().count());
  }

  @Test
  void aBatchMayHoldItsColumnsInAnyOrderAndMoreOfThem() {
    FeaturePlan plan = FeaturePlan.of(SCHEMA, List.of(new Difference("TMAX", "TMIN", "RANGE")));
    ColumnBatch batch =
        ColumnBatch.of(
            TableSchema.of(
                Field.nullable("TMIN", ColumnType.LONG),
                Field.nullable("OTHER", ColumnType.LONG),
                Field.nullable("TMAX", ColumnType.LONG)),
            LongColumn.of(1, 2),
            LongColumn.of(0, 0),
            LongColumn.of(11, 12));
    ColumnBatch computed = plan.apply(batch);
    assertEquals(List.of("TMIN", "OTHER", "TMAX", "RANGE"), computed.schema().names());
    assertEquals(FeatureStepsTest.doubles(10.0, 10.0), computed.column("RANGE"));
  }

  @Test
  void aPlanTravelsWithItsFunctions() throws IOException, ClassNotFoundException {
    FeaturePlan plan =
        FeaturePlan.of(
            SCHEMA,
            List.of(
                new DateParts("DATE", DatePart.DAY_OF_YEAR_COS),
                RowFunction.of("TMIN", x -> x / 10 * 9 / 5 + 32, "TMIN.fahrenheit")));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(plan);
    }
    FeaturePlan arrived;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      arrived = (FeaturePlan) in.readObject();
    }
    ColumnBatch batch =
        ColumnBatch.of(
            TableSchema.of(
                Field.required("DATE", ColumnType.DATE), Field.nullable("TMIN", ColumnType.LONG)),
            LongColumn.dates(100, 200),
            FeatureStepsTest.longs(100L, null));
    assertEquals(plan.apply(batch), arrived.apply(batch));
    assertEquals(
        FeatureStepsTest.doubles(50.0, null), arrived.apply(batch).column("TMIN.fahrenheit"));
  }

  private static List<String> problems(TableSchema table, List<RowFeature> features) {
    Problems problems = new Problems();
    assertTrue(FeaturePlan.plan(table, features, problems).isEmpty());
    return problems.texts();
  }
}
