package dev.almanac.transforms.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.almanac.transforms.analyze.FitAccumulator;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.DoubleAppender;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.encode.Clip;
import dev.almanac.transforms.encode.FitException;
import dev.almanac.transforms.encode.FitSteps;
import dev.almanac.transforms.encode.ImputeConstant;
import dev.almanac.transforms.encode.ImputeMean;
import dev.almanac.transforms.encode.Index;
import dev.almanac.transforms.encode.LabelKind;
import dev.almanac.transforms.encode.MinMax;
import dev.almanac.transforms.encode.ModelColumns;
import dev.almanac.transforms.encode.None;
import dev.almanac.transforms.encode.NumericEncoder;
import dev.almanac.transforms.encode.NumericStep;
import dev.almanac.transforms.encode.OneHot;
import dev.almanac.transforms.encode.QuantileBins;
import dev.almanac.transforms.encode.Standardize;
import dev.almanac.transforms.encode.Step;
import dev.almanac.transforms.encode.Steps;
import dev.almanac.transforms.feature.HashBucket;
import dev.almanac.transforms.feature.IsNull;
import dev.almanac.transforms.feature.Log1p;
import dev.almanac.transforms.feature.NullIfFlagged;
import dev.almanac.transforms.feature.RowFeature;
import dev.almanac.transforms.manifest.LeftOut;
import dev.almanac.transforms.problem.Problems;
import dev.almanac.transforms.schema.SourceColumn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FitPlanTest {
  @TempDir Path folder;

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
        problems(
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
            "columns.numeric[2]: must not be the label: a model would be given what it is to predict ('TMAX')",
            "columns.numeric[5]: stands twice in the list ('PRCP')",
            "columns.numeric[3]: there is no column 'NONE', neither in the source nor made by a feature step (columns: STATION, DATE, LATITUDE, PRCP, TMAX, TMAX_ATTRIBUTES, TMIN, UNUSED)",
            "columns.keep[0]: there is no column 'LOST', neither in the source nor made by a feature step (columns: STATION, DATE, LATITUDE, PRCP, TMAX, TMAX_ATTRIBUTES, TMIN, UNUSED)",
            "fit.numeric: the steps must be at most one impute step, then at most one that scales, then at most one clip ([standardize, impute-mean])",
            "columns.numeric: column 'DATE' must hold numbers (it is date); make numbers of it with the feature step date-parts",
            "columns.numeric: column 'STATION' must hold numbers (it is string); say under source: how its numbers are written, or correct its cells; a column of categories is named in columns.nominal",
            "fit.columns.TMIN: min-max is not a step of a nominal column; name the column in columns.numeric, or choose another step",
            "fit.columns.TMIN: a nominal column needs exactly one step, such as index (0)",
            "fit.columns.ELSE: must be a feature (features: DATE, STATION, TMAX, NONE, PRCP, TMIN)"),
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
        problems(
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
        problems(Weather.SOURCE, List.of(), columns, unfilled));
    List<SourceColumn> required = List.of(new SourceColumn("PRCP", ColumnType.LONG, null, false));
    assertEquals(List.of(), problems(required, List.of(), columns, unfilled));
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
    accumulator.add(ColumnBatch.of(SourceColumn.schema(source), column, column, column));
    assertEquals(
        "Cannot fit: no feature has a value in the train split (A, B, C; rows=3); choose other columns, or move split.train",
        assertThrows(FitException.class, () -> plan.fit(accumulator)).getMessage());
  }

  @Test
  void aColumnWithoutAValueInTrainIsLeftOutAndNamed() throws IOException {
    FitPlan plan =
        FitPlan.of(
            Weather.SOURCE,
            List.of(
                new NullIfFlagged("UNUSED", "TMAX_ATTRIBUTES", 2), new IsNull("STATION", "NONE")),
            new ModelColumns(
                null,
                null,
                List.of("UNUSED", "TMIN", "LATITUDE"),
                List.of("STATION"),
                List.of("LATITUDE")),
            FitSteps.DEFAULT);
    Random random = new Random(3);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int row = 0; row < 20; row++) {
      Map<String, Object> cells = Weather.cells(random);
      List.of("UNUSED", "STATION", "LATITUDE").forEach(column -> cells.put(column, null));
      rows.add(cells);
    }
    FittedTransform fitted = Weather.fitted(plan, Weather.batch(rows));
    assertEquals(
        List.of(
            new LeftOut("UNUSED", LeftOut.EMPTY),
            new LeftOut("LATITUDE", LeftOut.EMPTY),
            new LeftOut("STATION", LeftOut.EMPTY)),
        fitted.leftOut());
    assertEquals(fitted.leftOut(), fitted.datasetColumns().leftOut());
    assertEquals(List.of("TMIN", "NONE"), fitted.numericNames());
    assertEquals(List.of(), fitted.nominalNames());
    // What is kept is still read, and so is what a feature is made of.
    assertEquals(
        List.of("STATION", "LATITUDE", "TMIN"),
        fitted.inputs().stream().map(SourceColumn::name).toList());
    ColumnBatch later = Weather.rows(50, 4);
    fitted.write(folder.toString());
    assertEquals(fitted, FittedTransform.read(folder.toString()));
    assertEquals(
        List.of("TMIN", "NONE", "keep.LATITUDE"),
        fitted.encode(fitted.applyFeatures(later)).schema().names());
  }

  @Test
  void patternsTakeTheColumnsThatNothingElseNames() {
    FitPlan plan =
        FitPlan.of(
            Weather.SOURCE,
            List.of(new Log1p("PRCP", "PRCP.log"), new HashBucket("STATION", 8, "HASH")),
            new ModelColumns(
                "TMAX",
                LabelKind.REGRESSION,
                List.of("T*", "LATITUDE", "*"),
                List.of("UNUSED", "*"),
                List.of("T*", "TMAX")),
            FitSteps.DEFAULT);
    // No label, no date and no text among the numbers; what is named stays where it is named.
    assertEquals(
        List.of("TMIN", "LATITUDE", "PRCP", "PRCP.log", "HASH"),
        List.copyOf(plan.numeric().keySet()));
    assertEquals(
        List.of("UNUSED", "STATION", "TMAX_ATTRIBUTES"), List.copyOf(plan.nominal().keySet()));
    assertEquals(List.of("TMAX_ATTRIBUTES", "TMIN", "TMAX"), plan.columns().keep());
  }

  @Test
  void aPatternThatTakesNothingIsAProblem() {
    assertEquals(
        List.of(
            "columns.numeric[1]: no column of numbers matches 'STA*'",
            "columns.nominal[0]: no column matches 'X?'",
            "columns.keep[0]: no column matches '*Y'",
            "fit.columns.T*: must be a feature (features: PRCP)"),
        problems(
            Weather.SOURCE,
            List.of(),
            new ModelColumns(null, null, List.of("PRCP", "STA*"), List.of("X?"), List.of("*Y")),
            new FitSteps(
                FitSteps.DEFAULT.numeric(),
                FitSteps.DEFAULT.nominal(),
                Map.of("T*", List.of(new MinMax())))));
  }

  @Test
  void stepsOfAPatternAreThoseOfEachColumnThatHasNoneOfItsOwn() {
    List<Step> filled = List.of(new ImputeMean(true));
    List<Step> named = List.of(new ImputeMean(false), new MinMax());
    ModelColumns columns =
        new ModelColumns(null, null, List.of("TMIN", "TMAX", "PRCP"), List.of(), List.of());
    FitPlan plan =
        FitPlan.of(Weather.SOURCE, List.of(), columns, with(Map.of("T*", filled, "TMAX", named)));
    assertEquals(filled, plan.numeric().get("TMIN"));
    assertEquals(named, plan.numeric().get("TMAX"));
    assertEquals(FitSteps.DEFAULT.numeric(), plan.numeric().get("PRCP"));
    assertEquals(
        List.of("fit.columns: column 'TMIN' matches [*N, T*]; name it, or narrow a pattern"),
        problems(Weather.SOURCE, List.of(), columns, with(Map.of("T*", filled, "*N", named))));
  }

  private static FitSteps with(Map<String, List<Step>> columns) {
    return new FitSteps(FitSteps.DEFAULT.numeric(), FitSteps.DEFAULT.nominal(), columns);
  }

  @Test
  void whatNothingNeedsIsNotComputed() {
    FitPlan plan =
        FitPlan.of(
            Weather.SOURCE,
            List.of(new NullIfFlagged("UNUSED", "TMAX_ATTRIBUTES", 2)),
            new ModelColumns(null, null, List.of("TMIN"), List.of(), List.of()),
            FitSteps.DEFAULT);
    assertEquals(List.of(), plan.features().features());
    assertEquals(List.of("TMIN"), plan.inputs().stream().map(SourceColumn::name).toList());
  }

  @Test
  void aClipStandsAfterStandardizeAndCutsWhatItMade() {
    List<NumericStep> clipped =
        List.of(new ImputeConstant(1000, false), new Standardize(0), new Clip(1.5));
    FitPlan plan =
        FitPlan.of(
            List.of(new SourceColumn("X", ColumnType.DOUBLE, null, true)),
            List.of(),
            new ModelColumns(null, null, List.of("X"), List.of(), List.of()),
            new FitSteps(clipped, List.of(new Index()), Map.of()));
    FitAccumulator train = plan.accumulator();
    TableSchema schema = TableSchema.of(Field.nullable("X", ColumnType.DOUBLE));
    train.add(ColumnBatch.of(schema, DoubleColumn.of(-1, 1)));
    NumericEncoder encoder = plan.fit(train).numeric().get(0);
    DoubleAppender cells = new DoubleAppender();
    for (double cell : new double[] {-1e300, -1.5, -1.25, 0.5, 1.5000001, 1e308}) {
      cells.append(cell);
    }
    cells.appendNull();
    assertArrayEquals(
        new float[] {-1.5f, -1.5f, -1.25f, 0.5f, 1.5f, 1.5f, 1.5f},
        encoder.scaled(cells.build()).values());
    for (List<NumericStep> wrong :
        List.<List<NumericStep>>of(
            List.of(new Clip(6)), List.of(new ImputeMean(false), new MinMax(), new Clip(6)))) {
      assertEquals(
          List.of(
              "fit.numeric: clip must stand after standardize (%s)"
                  .formatted(wrong.stream().map(Steps::name).toList())),
          problems(
              List.of(new SourceColumn("X", ColumnType.DOUBLE, null, false)),
              List.of(),
              plan.columns(),
              new FitSteps(wrong, List.of(new Index()), Map.of())));
    }
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
        problems(
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
        "Cannot fit: no feature has a value in the train split (X; rows=1); choose other columns, or move split.train",
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

  private static List<String> problems(
      List<SourceColumn> source, List<RowFeature> features, ModelColumns columns, FitSteps fit) {
    Problems problems = new Problems();
    Optional<FitPlan> plan = FitPlan.plan(source, features, columns, fit, null, problems);
    assertEquals(problems.isEmpty(), plan.isPresent());
    return problems.texts();
  }

  @Test
  void whatTrainMakesImpossibleIsToldAllAtOnce() {
    List<SourceColumn> source =
        List.of(
            new SourceColumn("A", ColumnType.STRING, null, false),
            new SourceColumn("A=b", ColumnType.LONG, null, false),
            new SourceColumn("C", ColumnType.LONG, null, false));
    FitPlan plan =
        FitPlan.of(
            source,
            List.of(),
            new ModelColumns(null, null, List.of("A=b"), List.of("A", "C"), List.of()),
            new FitSteps(List.of(new None()), List.of(new OneHot()), Map.of()));
    FitAccumulator train = plan.accumulator();
    String[] texts = Stream.generate(() -> "b").limit(1100).toArray(String[]::new);
    long[] numbers = LongStream.range(0, texts.length).toArray();
    train.add(
        ColumnBatch.of(
            SourceColumn.schema(source),
            StringColumn.of(texts),
            LongColumn.of(numbers),
            LongColumn.of(numbers)));
    assertEquals(
        """
        Cannot fit column 'C': one-hot makes a column of each category, at most 1024 (1100); set its max-size, or choose another step
        Cannot fit column 'A': two columns of the output would be named 'A=b'; rename the other by a feature step"""
            .strip(),
        assertThrows(FitException.class, () -> plan.fit(train)).getMessage());
  }
}
