package dev.almanac.training.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.onnxruntime.OrtException;
import dev.almanac.training.objective.Task;
import dev.almanac.training.onnx.OnnxGraph;
import dev.almanac.training.onnx.OnnxType;
import dev.almanac.transforms.analyze.FitAccumulator;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.IntColumn;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.encode.BinEncoder;
import dev.almanac.transforms.encode.HashedOneHot;
import dev.almanac.transforms.encode.Index;
import dev.almanac.transforms.encode.NominalStep;
import dev.almanac.transforms.encode.OneHot;
import dev.almanac.transforms.encode.Step;
import dev.almanac.transforms.fit.FitPlan;
import dev.almanac.transforms.fit.FittedTransform;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The encoders in ONNX Runtime beside those of the transform. */
class EncodedInputsTest {
  private static final FittedTransform TRANSFORM =
      Stations.fitted(Stations.plan(Task.REGRESSION)).withoutLabel();

  /** Every feature, bit by bit. */
  private static void check(FittedTransform transform, ColumnBatch raw) throws OrtException {
    ColumnBatch computed = transform.applyFeatures(raw);
    ColumnBatch encoded = transform.encode(computed);
    OnnxGraph onnx = new OnnxGraph("encoders");
    EncodedInputs inputs = new EncodedInputs(transform, onnx);
    List<String> numeric = transform.numericNames();
    List<String> nominal = transform.nominalNames();
    onnx.output("numeric", inputs.numbers(), OnnxType.FLOAT, numeric.size());
    if (!nominal.isEmpty()) {
      onnx.output("categories", inputs.categories(), OnnxType.LONG, nominal.size());
    }
    try (OnnxRuntime runtime = new OnnxRuntime(onnx.file("test", "", Map.of()))) {
      Map<String, Object> outputs = runtime.run(inputs.inputs(), computed);
      float[][] numbers = (float[][]) outputs.get("numeric");
      long[][] indices = (long[][]) outputs.get("categories");
      for (int row = 0; row < raw.rows(); row++) {
        for (int i = 0; i < numeric.size(); i++) {
          float expected = ((FloatColumn) encoded.column(numeric.get(i))).values()[row];
          String place = "row %d of %s".formatted(row, numeric.get(i));
          assertEquals(
              Float.floatToRawIntBits(expected), Float.floatToRawIntBits(numbers[row][i]), place);
        }
        long[] expected = new long[nominal.size()];
        for (int i = 0; i < expected.length; i++) {
          expected[i] = ((IntColumn) encoded.column(nominal.get(i))).values()[row];
        }
        assertArrayEquals(expected, nominal.isEmpty() ? expected : indices[row], "row " + row);
      }
    }
  }

  @Test
  void featuresAreThoseOfTheTransformToTheBit() throws OrtException {
    check(TRANSFORM, Stations.rows(10_000, Stations.WITH_UNSEEN));
  }

  /** Steps of one kind for all categories; with those of the plan, every step there is. */
  private static final List<NominalStep> ALONE =
      List.of(
          new Index(),
          new OneHot(),
          new OneHot(2L, 7),
          new HashedOneHot(6, null),
          new HashedOneHot(64, -1));

  static List<NominalStep> alone() {
    return ALONE;
  }

  @ParameterizedTest
  @MethodSource("alone")
  void everyStepOfCategoriesIsEncodedAlike(NominalStep step) throws OrtException {
    FittedTransform transform =
        Stations.fitted(Stations.plan(Task.REGRESSION, step)).withoutLabel();
    check(transform, Stations.rows(3000, Stations.WITH_UNSEEN));
  }

  @Test
  void everyStepIsExportedHere() {
    Set<Class<?>> exported = new HashSet<>();
    ALONE.forEach(step -> exported.add(step.getClass()));
    TRANSFORM
        .encoders()
        .forEach(encoder -> encoder.steps().forEach(step -> exported.add(step.getClass())));
    assertEquals(kinds(Step.class), exported);
  }

  private static Set<Class<?>> kinds(Class<?> family) {
    Set<Class<?>> kinds = new HashSet<>();
    for (Class<?> kind : family.getPermittedSubclasses()) {
      kinds.addAll(kind.isSealed() ? kinds(kind) : Set.of(kind));
    }
    return kinds;
  }

  @Test
  void oddNumbersAreEncodedAlikeToo() throws OrtException {
    double[] odd = {
      0,
      -0.0,
      1e308,
      -1e308,
      Double.MAX_VALUE,
      -Double.MAX_VALUE,
      Double.MIN_VALUE,
      1e-320,
      1e39,
      -1e39,
      Float.MAX_VALUE,
      Math.nextUp((double) Float.MAX_VALUE),
      0.1,
      1 / 3.0,
      9e15,
      -9e18
    };
    check(TRANSFORM, Stations.numbers(odd));
    // A fit on wild numbers, whose differences overflow.
    FitPlan plan = Stations.plan(Task.REGRESSION);
    FitAccumulator train = plan.accumulator();
    train.add(plan.features().apply(Stations.numbers(1e308, -1.7e308, 1.2e308, 3)));
    check(plan.fit(train).withoutLabel(), Stations.numbers(odd));
  }

  @Test
  void aNumberOnAnEdgeBelongsToTheBinAbove() throws OrtException {
    BinEncoder bins =
        (BinEncoder)
            TRANSFORM.nominal().stream()
                .filter(encoder -> encoder.column().equals("depth"))
                .findFirst()
                .orElseThrow();
    double[] edges =
        bins.edges().stream()
            .flatMap(edge -> List.of(edge, Math.nextDown(edge), Math.nextUp(edge)).stream())
            .mapToDouble(Double::doubleValue)
            .toArray();
    check(TRANSFORM, Stations.numbers(edges));
  }

  @Test
  void anEmptyTextCannotBeACategory() {
    FitPlan plan = Stations.plan(Task.REGRESSION);
    ColumnBatch rows = Stations.rows(100, 1);
    Field station = rows.schema().field("station name");
    FitAccumulator train = plan.accumulator();
    train.add(
        plan.features()
            .apply(
                rows.with(
                    station,
                    StringColumn.of(Collections.nCopies(100, "").toArray(String[]::new)))));
    EncodedInputs inputs =
        new EncodedInputs(plan.fit(train).withoutLabel(), new OnnxGraph("encoders"));
    var error = assertThrows(IllegalArgumentException.class, inputs::categories);
    assertEquals(
        "Cannot export to ONNX: the empty text stands for a missing cell (it is a category of column 'station name')",
        error.getMessage());
  }

  @Test
  void anOutputMayNotHaveTheNameOfAColumn() {
    OnnxGraph onnx = new OnnxGraph("test");
    String input = onnx.input("prediction", OnnxType.DOUBLE);
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> onnx.output("prediction", input, OnnxType.DOUBLE, 1));
    assertEquals(
        "Cannot export to ONNX: inputs and outputs must differ in their names (two are 'prediction'); name the column otherwise by a feature step",
        error.getMessage());
  }
}
