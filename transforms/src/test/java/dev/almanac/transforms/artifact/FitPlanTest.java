package dev.almanac.transforms.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.DoubleAppender;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.encode.FitAccumulator;
import dev.almanac.transforms.encode.FitException;
import dev.almanac.transforms.encode.FitSteps;
import dev.almanac.transforms.encode.ImputeConstant;
import dev.almanac.transforms.encode.ImputeMean;
import dev.almanac.transforms.encode.Index;
import dev.almanac.transforms.encode.LabelKind;
import dev.almanac.transforms.encode.MinMax;
import dev.almanac.transforms.encode.ModelColumns;
import dev.almanac.transforms.encode.NumericEncoder;
import dev.almanac.transforms.encode.QuantileBins;
import dev.almanac.transforms.encode.Standardize;
import dev.almanac.transforms.feature.IsNull;
import dev.almanac.transforms.feature.Log1p;
import dev.almanac.transforms.schema.SourceColumn;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FitPlanTest {
  @Test
  void onlyTheColumnsThatAreUsedAreRead() {
    assertEquals(
        List.of("STATION", "DATE", "LATITUDE", "PRCP", "TMAX", "TMAX_ATTRIBUTES", "TMIN"),
        Weather.plan().inputs().stream().map(SourceColumn::name).toList());
  }

  @Test
  void createdColumnsJoinTheFeaturesUnlessTheyAreNamed() {
    FitPlan plan =
        FitPlan.of(
            Weather.SOURCE,
            List.of(new Log1p("PRCP", "A"), new Log1p("TMIN", "B"), new IsNull("TMIN", "C")),
            new ModelColumns("TMAX", LabelKind.REGRESSION, List.of("B"), List.of("C"), List.of()),
            FitSteps.DEFAULT);
    assertEquals(List.of("B", "A"), List.copyOf(plan.numeric().keySet()));
    assertEquals(List.of("C"), List.copyOf(plan.nominal().keySet()));
    FitPlan kept =
        FitPlan.of(
            Weather.SOURCE,
            List.of(new Log1p("PRCP", "A")),
            new ModelColumns(null, null, List.of("TMIN"), List.of(), List.of("A")),
            FitSteps.DEFAULT);
    assertEquals(List.of("TMIN"), List.copyOf(kept.numeric().keySet()));
  }

  @Test
  void everyProblemIsReported() {
    List<String> problems =
        FitPlan.problems(
            Weather.SOURCE,
            List.of(),
            new ModelColumns(
                "TMAX",
                LabelKind.REGRESSION,
                List.of("DATE", "STATION", "TMAX", "NONE", "PRCP", "PRCP"),
                List.of("TMIN"),
                List.of("LOST")),
            new FitSteps(
                List.of(new Standardize(0), new ImputeMean(false)),
                List.of(new Index()),
                Map.of("TMIN", List.of(new MinMax()), "ELSE", List.of(new MinMax()))));
    assertEquals(
        List.of(
            "fit.numeric: the steps must be at most one impute step, then at most one that scales ([standardize, impute-mean])",
            "columns.numeric: column 'DATE' must hold numbers (it is date); make numbers of it with the feature step date-parts",
            "columns.numeric: column 'STATION' must hold numbers (it is string); name it in columns.nominal, or make it a number with the feature step cast",
            "columns.numeric: there is no column 'NONE', neither in the source nor made by a feature step",
            "fit.columns.TMIN: min-max is not a step of a nominal column; name the column in columns.numeric, or choose another step",
            "fit.columns.TMIN: a nominal column needs exactly one step, such as index (0)",
            "columns.keep: there is no column 'LOST', neither in the source nor made by a feature step",
            "columns.label: 'TMAX' is a feature too; a model would read its answer there",
            "columns.numeric: 'PRCP' is named twice",
            "fit.columns: 'ELSE' is no feature (features: [DATE, STATION, TMAX, NONE, PRCP] [TMIN])"),
        problems);
  }

  @Test
  void namesOfTheOutputMustDiffer() {
    List<SourceColumn> source =
        List.of(
            new SourceColumn("A", ColumnType.LONG, null, false),
            new SourceColumn("keep.A", ColumnType.LONG, null, false),
            new SourceColumn("A.missing", ColumnType.LONG, null, false));
    FitSteps indicated =
        new FitSteps(List.of(new ImputeMean(true)), List.of(new Index()), Map.of());
    assertEquals(
        List.of(
            "columns: two columns of the output would be named 'A.missing'; rename or leave out one",
            "columns: two columns of the output would be named 'keep.A'; rename or leave out one"),
        FitPlan.problems(
            source,
            List.of(),
            new ModelColumns(
                null, null, List.of("A"), List.of("keep.A", "A.missing"), List.of("A")),
            indicated));
  }

  @Test
  void aColumnThatMayBeMissingNeedsAFill() {
    FitSteps unfilled = new FitSteps(List.of(new Standardize(0)), List.of(new Index()), Map.of());
    ModelColumns columns = new ModelColumns(null, null, List.of("PRCP"), List.of(), List.of());
    assertEquals(
        List.of(
            "fit: column 'PRCP' may be missing and no step fills it ([standardize]); add an impute step, or make it not nullable in the schema"),
        FitPlan.problems(Weather.SOURCE, List.of(), columns, unfilled));
    List<SourceColumn> required = List.of(new SourceColumn("PRCP", ColumnType.LONG, null, false));
    assertEquals(List.of(), FitPlan.problems(required, List.of(), columns, unfilled));
  }

  @Test
  void aColumnWithoutAValueInTrainCannotBeLearned() {
    List<SourceColumn> source =
        List.of(
            new SourceColumn("A", ColumnType.DOUBLE, null, true),
            new SourceColumn("B", ColumnType.DOUBLE, null, true),
            new SourceColumn("C", ColumnType.DOUBLE, null, true));
    FitPlan plan =
        FitPlan.of(
            source,
            List.of(),
            new ModelColumns(null, null, List.of("A", "B", "C"), List.of(), List.of()),
            new FitSteps(
                FitSteps.DEFAULT.numeric(),
                FitSteps.DEFAULT.nominal(),
                Map.of(
                    "B", List.of(new ImputeConstant(7, false), new Standardize(0)),
                    "C", List.of(new ImputeConstant(7, false)))));
    FitAccumulator accumulator = plan.accumulator();
    DoubleAppender nulls = new DoubleAppender();
    for (int row = 0; row < 3; row++) {
      nulls.appendNull();
    }
    var column = nulls.build();
    accumulator.add(
        ColumnBatch.of(
            TableSchema.of(source.stream().map(SourceColumn::field).toList()),
            column,
            column,
            column));
    String advice = "; leave the column out, or move split.train";
    assertEquals(
        "Cannot impute-mean column 'A': the train split has no value (rows=3)"
            + advice
            + "\nCannot standardize column 'B': the train split has no value (rows=3)"
            + advice,
        assertThrows(FitException.class, () -> plan.fit(accumulator)).getMessage());
  }

  @Test
  void oneRowAndEqualRowsAreLearnedWithEitherDivisor() {
    for (int ddof = 0; ddof <= 1; ddof++) {
      NumericEncoder one = learned(new Standardize(ddof), 2.5);
      assertEquals(2.5, one.center());
      assertEquals(1.0, one.scale());
      assertEquals(ddof == 0 ? 0.0 : null, one.statistics().standardDeviation());
      NumericEncoder equal = learned(new Standardize(ddof), 0.1, 0.1, 0.1);
      assertEquals(0.1, equal.center());
      assertEquals(1.0, equal.scale());
      assertEquals(0.0, equal.statistics().standardDeviation());
      NumericEncoder shifted = learned(new Standardize(ddof), 1e9, 1e9 + 1, 1e9 + 2);
      assertEquals(1e9 + 1, shifted.center());
      assertEquals(ddof == 0 ? Math.sqrt(2.0 / 3.0) : 1.0, shifted.scale());
      assertEquals(ddof, shifted.statistics().ddof());
    }
  }

  private static NumericEncoder learned(Standardize step, double... cells) {
    FitPlan plan =
        FitPlan.of(
            List.of(new SourceColumn("X", ColumnType.DOUBLE, null, false)),
            List.of(),
            new ModelColumns(null, null, List.of("X"), List.of(), List.of()),
            new FitSteps(List.of(step), List.of(new Index()), Map.of()));
    FitAccumulator train = plan.accumulator();
    train.add(
        ColumnBatch.of(
            TableSchema.of(Field.required("X", ColumnType.DOUBLE)), DoubleColumn.of(cells)));
    return plan.fit(train).numeric().get(0);
  }

  @Test
  void binsNeedNumbersAndAValueInTrain() {
    FitSteps binned =
        new FitSteps(
            FitSteps.DEFAULT.numeric(),
            FitSteps.DEFAULT.nominal(),
            Map.of(
                "TMIN", List.of(new QuantileBins(4)),
                "PRCP", List.of(new QuantileBins(4)),
                "STATION", List.of(new QuantileBins(4))));
    assertEquals(
        List.of(
            "fit.columns.TMIN: quantile-bins is not a step of a numeric column; name the column in columns.nominal, or choose another step",
            "fit: column 'TMIN' may be missing and no step fills it ([]); add an impute step, or make it not nullable in the schema",
            "fit: column 'STATION' must hold numbers for quantile-bins (it is string); give it another step in fit.columns"),
        FitPlan.problems(
            Weather.SOURCE,
            List.of(),
            new ModelColumns(null, null, List.of("TMIN"), List.of("PRCP", "STATION"), List.of()),
            binned));
    FitPlan plan =
        FitPlan.of(
            List.of(new SourceColumn("X", ColumnType.DOUBLE, null, true)),
            List.of(),
            new ModelColumns(null, null, List.of(), List.of("X"), List.of()),
            new FitSteps(List.of(), List.of(new QuantileBins(4)), Map.of()));
    DoubleAppender nulls = new DoubleAppender();
    nulls.appendNull();
    FitAccumulator train = plan.accumulator();
    train.add(
        ColumnBatch.of(TableSchema.of(Field.nullable("X", ColumnType.DOUBLE)), nulls.build()));
    assertEquals(
        "Cannot quantile-bins column 'X': the train split has no value (rows=1); leave the column out, or move split.train",
        assertThrows(FitException.class, () -> plan.fit(train)).getMessage());
  }

  @Test
  void anEmptyTrainSplitIsAnError() {
    FitPlan plan = Weather.plan();
    assertEquals(
        "Cannot fit: the train split has no row with a label; check split.train against the dates in the source",
        assertThrows(FitException.class, () -> plan.fit(plan.accumulator())).getMessage());
  }

  @Test
  void aBinaryLabelHasExactlyTwoClasses() {
    assertEquals(
        "Cannot fit label 'Y': a binary label must have exactly two classes in the train split (3, such as [a, b, c])",
        labelError(LabelKind.BINARY, "c", "a", "b", "a"));
    assertEquals(
        "Cannot fit label 'Y': there must be two classes or more in the train split ([a])",
        labelError(LabelKind.MULTICLASS, "a", "a"));
    assertEquals(
        "Cannot fit label 'Y': the train split has no value (rows=1); check columns.label and split.train",
        labelError(LabelKind.MULTICLASS, (String) null));
  }

  private static String labelError(LabelKind kind, String... labels) {
    FitPlan plan =
        FitPlan.of(
            List.of(
                new SourceColumn("X", ColumnType.LONG, null, false),
                new SourceColumn("Y", ColumnType.STRING, null, true)),
            List.of(),
            new ModelColumns("Y", kind, List.of("X"), List.of(), List.of()),
            FitSteps.DEFAULT);
    FitAccumulator accumulator = plan.accumulator();
    accumulator.add(
        ColumnBatch.of(
            TableSchema.of(
                Field.required("X", ColumnType.LONG), Field.nullable("Y", ColumnType.STRING)),
            LongColumn.of(new long[labels.length]),
            StringColumn.of(labels)));
    return assertThrows(FitException.class, () -> plan.fit(accumulator)).getMessage();
  }
}
