package dev.almanac.transforms.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.analyze.FitAccumulator;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnAppender;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.IntColumn;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.drift.DriftCounts;
import dev.almanac.transforms.drift.DriftLimits;
import dev.almanac.transforms.drift.DriftReference;
import dev.almanac.transforms.drift.DriftReport;
import dev.almanac.transforms.encode.Clip;
import dev.almanac.transforms.encode.Encoder;
import dev.almanac.transforms.encode.FitSteps;
import dev.almanac.transforms.encode.HashedOneHot;
import dev.almanac.transforms.encode.ImputeConstant;
import dev.almanac.transforms.encode.ImputeMean;
import dev.almanac.transforms.encode.ImputeMedian;
import dev.almanac.transforms.encode.Index;
import dev.almanac.transforms.encode.MinMax;
import dev.almanac.transforms.encode.ModelColumns;
import dev.almanac.transforms.encode.NominalStep;
import dev.almanac.transforms.encode.None;
import dev.almanac.transforms.encode.NumericStep;
import dev.almanac.transforms.encode.OneHot;
import dev.almanac.transforms.encode.Output;
import dev.almanac.transforms.encode.QuantileBins;
import dev.almanac.transforms.encode.RobustScale;
import dev.almanac.transforms.encode.Standardize;
import dev.almanac.transforms.encode.Step;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.text.DateForm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws of every step and of the encoder that it learns, on columns of every type it takes. */
class StepContractTest {
  /** At least one of every kind; a kind without an example fails. */
  private static final List<Step> EXAMPLES =
      List.of(
          new None(),
          new ImputeMean(false),
          new ImputeMedian(true),
          new ImputeConstant(-1.5, true),
          new Standardize(0),
          new Standardize(1),
          new MinMax(),
          new RobustScale(),
          new RobustScale(List.of(10.0, 90.0)),
          new Clip(1.5),
          new Index(),
          new Index(3L, 9),
          new QuantileBins(7),
          new OneHot(),
          new OneHot(3L, 9),
          new HashedOneHot(8, null),
          new HashedOneHot(60, -7));

  private static final List<SourceColumn> SOURCE =
      List.of(
          new SourceColumn("number", ColumnType.DOUBLE, null, true),
          new SourceColumn("integer", ColumnType.LONG, null, true),
          new SourceColumn("text", ColumnType.STRING, null, true),
          new SourceColumn("day", ColumnType.DATE, DateForm.ISO, true));

  private static final TableSchema SCHEMA = SourceColumn.schema(SOURCE);
  private static final int ROWS = 400;
  private static final ColumnBatch TRAIN = batch(rows(1));
  private static final ColumnBatch OTHERS = batch(rows(2));

  @TempDir Path folder;

  /** A step on a column. */
  private record Case(Step step, String column) {
    FitPlan plan() {
      boolean numeric = step instanceof NumericStep;
      return FitPlan.of(
          SOURCE,
          List.of(),
          new ModelColumns(
              null,
              null,
              numeric ? List.of(column) : List.of(),
              numeric ? List.of() : List.of(column),
              List.of()),
          new FitSteps(
              FitSteps.DEFAULT.numeric(),
              FitSteps.DEFAULT.nominal(),
              Map.of(
                  column,
                  step instanceof NumericStep one ? List.copyOf(around(one)) : List.of(step))));
    }

    /** The step among others that it needs: cells are missing, and clip stands after a scale. */
    private static List<NumericStep> around(NumericStep step) {
      List<NumericStep> steps = new ArrayList<>();
      if (step.part() != NumericStep.Part.FILL) {
        steps.add(new ImputeMean(false));
      }
      if (step.after() != null) {
        EXAMPLES.stream()
            .filter(step.after()::isInstance)
            .limit(1)
            .forEach(before -> steps.add((NumericStep) before));
      }
      steps.add(step);
      return steps;
    }

    FittedTransform fitted() {
      FitAccumulator train = plan().accumulator();
      train.add(TRAIN);
      return plan().fit(train);
    }

    @Override
    public String toString() {
      return "%s of %s".formatted(Json.line(step), column);
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Step step : EXAMPLES) {
      boolean numbers = !(step instanceof NominalStep nominal) || nominal.needsNumbers();
      for (SourceColumn column : SOURCE) {
        if (!numbers || column.type().isNumeric()) {
          cases.add(new Case(step, column.name()));
        }
      }
    }
    return cases.stream();
  }

  @Test
  void everyStepHasAnExample() {
    Set<String> examples = new TreeSet<>();
    EXAMPLES.forEach(step -> examples.add(step.getClass().getName()));
    assertEquals(kinds(Step.class), examples);
  }

  @Test
  void everyEncoderIsThatOfAStep() {
    Set<String> learned = new TreeSet<>();
    cases()
        .forEach(
            one ->
                one.fitted()
                    .encoders()
                    .forEach(encoder -> learned.add(encoder.getClass().getName())));
    assertEquals(kinds(Encoder.class), learned);
  }

  private static Set<String> kinds(Class<?> family) {
    Set<String> kinds = new TreeSet<>();
    for (Class<?> kind : family.getPermittedSubclasses()) {
      if (kind.isSealed()) {
        kinds.addAll(kinds(kind));
      } else {
        kinds.add(kind.getName());
      }
    }
    return kinds;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aStepReadsBackFromWhatAConfigSays(Case one) throws IOException {
    Class<? extends Step> family =
        one.step() instanceof NumericStep ? NumericStep.class : NominalStep.class;
    assertEquals(one.step(), Json.read(Json.line(one.step()), family, "test"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void noOrderOrGroupingOfMergesChangesTheFit(Case one) throws IOException {
    FitPlan plan = one.plan();
    FitAccumulator whole = plan.accumulator();
    whole.add(TRAIN);
    Random random = new Random(4);
    for (int round = 0; round < 5; round++) {
      List<FitAccumulator> parts = new ArrayList<>(List.of(plan.accumulator()));
      int step = 1 + random.nextInt(150);
      for (int from = 0; from < ROWS; from += step) {
        FitAccumulator part = plan.accumulator();
        part.add(TRAIN, IntStream.range(from, Math.min(ROWS, from + step)).toArray());
        parts.add(part);
      }
      Collections.shuffle(parts, random);
      while (parts.size() > 1) {
        FitAccumulator left = parts.remove(random.nextInt(parts.size()));
        FitAccumulator right = parts.remove(random.nextInt(parts.size()));
        if (random.nextBoolean()) {
          left.merge(right);
        } else {
          left.merge(new DataInputStream(new ByteArrayInputStream(bytes(right))));
        }
        parts.add(left);
      }
      assertArrayEquals(bytes(whole), bytes(parts.get(0)));
      assertEquals(plan.fit(whole).hash(), plan.fit(parts.get(0)).hash());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void rowsThatAreNotOfTrainNeverMoveTheFit(Case one) throws IOException {
    int[] train = IntStream.range(0, ROWS).filter(row -> row % 3 != 0).toArray();
    List<Map<String, Object>> mixed = rows(1);
    List<Map<String, Object>> others = rows(2);
    for (int row = 0; row < ROWS; row += 3) {
      mixed.set(row, others.get(row));
    }
    FitAccumulator clean = one.plan().accumulator();
    clean.add(TRAIN, train);
    FitAccumulator beside = one.plan().accumulator();
    beside.add(batch(mixed), train);
    assertArrayEquals(bytes(clean), bytes(beside));
    assertEquals(one.plan().fit(clean), one.plan().fit(beside));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void noCutIntoBatchesChangesAnEncoding(Case one) {
    FittedTransform fitted = one.fitted();
    ColumnBatch whole = fitted.encode(OTHERS);
    for (int size : new int[] {1, 7, 150}) {
      for (int from = 0; from < ROWS; from += size) {
        int[] part = IntStream.range(from, Math.min(ROWS, from + size)).toArray();
        assertEquals(whole.take(part), fitted.encode(OTHERS.take(part)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aRowAloneIsEncodedAsInABatch(Case one) {
    FittedTransform fitted = one.fitted();
    ColumnBatch whole = fitted.encode(OTHERS);
    List<Map<String, Object>> rows = rows(2);
    for (int row = 0; row < ROWS; row++) {
      EncodedRow alone = fitted.encodeRow(rows.get(row));
      assertEquals(fitted.numericNames().size(), alone.numeric().length);
      for (int i = 0; i < alone.numeric().length; i++) {
        FloatColumn batch = (FloatColumn) whole.column(fitted.numericNames().get(i));
        assertEquals(
            Float.floatToRawIntBits(batch.values()[row]),
            Float.floatToRawIntBits(alone.numeric()[i]));
      }
      assertEquals(fitted.nominalNames().size(), alone.categories().length);
      for (int i = 0; i < alone.categories().length; i++) {
        IntColumn batch = (IntColumn) whole.column(fitted.nominalNames().get(i));
        assertEquals(batch.values()[row], alone.categories()[i]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatIsWrittenReadsBackEqualAndToTheSameBytes(Case one) throws IOException {
    FittedTransform fitted = one.fitted();
    fitted.write(folder.resolve("first").toString());
    FittedTransform read = FittedTransform.read(folder.resolve("first").toString());
    read.write(folder.resolve("second").toString());
    assertEquals(fitted, read);
    assertEquals(fitted.hash(), read.hash());
    assertEquals(fitted.encode(OTHERS), read.encode(OTHERS));
    assertEquals(
        Files.readString(folder.resolve("first/transform.json")),
        Files.readString(folder.resolve("second/transform.json")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aPlanAndWhatItLearnedTravelBetweenWorkers(Case one)
      throws IOException, ClassNotFoundException {
    assertEquals(one.fitted(), travelled(one.fitted()));
    FitPlan plan = (FitPlan) travelled(one.plan());
    FitAccumulator train = plan.accumulator();
    train.add(TRAIN);
    assertEquals(one.fitted().hash(), plan.fit(train).hash());
  }

  private static Object travelled(Object sent) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(sent);
    }
    return new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyCellHasANumberOrAnIndexOfThoseSaid(Case one) {
    FittedTransform fitted = one.fitted();
    ColumnBatch encoded = fitted.encode(OTHERS);
    Encoder encoder = fitted.encoders().get(0);
    assertTrue(encoder.takesNulls());
    assertFalse(encoder.outputs().isEmpty());
    for (Output output : encoder.outputs()) {
      Column column = encoded.column(output.name());
      assertEquals(0, column.nulls());
      assertEquals(output.field(), encoded.schema().field(output.name()));
      for (int row = 0; row < column.rows(); row++) {
        if (output.isNumber()) {
          assertTrue(Float.isFinite(((FloatColumn) column).values()[row]));
        } else {
          int index = ((IntColumn) column).values()[row];
          assertTrue(index >= 0 && index < output.cardinality());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void trainHasNotDriftedFromItself(Case one) {
    FittedTransform fitted = one.fitted();
    DriftReference reference = DriftReference.of(fitted);
    DriftCounts counts = reference.counts();
    counts.add(reference, TRAIN, fitted.encode(TRAIN));
    DriftReport report = DriftReport.of(reference, counts, new DriftLimits(0, 0, 0));
    assertEquals(List.of(), report.drifted());
    assertEquals(List.of(one.column()), report.columns().stream().map(c -> c.column()).toList());
    report.columns().get(0).bins().forEach(bin -> assertEquals(bin.train(), bin.input()));
    assertEquals(TRAIN.column(one.column()).nulls(), fitted.encoders().get(0).reference().nulls());
  }

  private static byte[] bytes(FitAccumulator statistics) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    statistics.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  /** Rows of a seed, whose cells are missing, odd, and of the second seed partly new. */
  private static List<Map<String, Object>> rows(long seed) {
    Random random = new Random(seed);
    List<Map<String, Object>> all = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      int most = 12 + 4 * (int) seed;
      Map<String, Object> cells = new HashMap<>();
      cells.put("number", row == 7 ? -0.0 : random.nextInt(most) * random.nextGaussian());
      cells.put("integer", (long) random.nextInt(most) * random.nextInt(most) - 20);
      cells.put("text", "%s é=\"\n".formatted(random.nextInt(most)).substring(random.nextInt(2)));
      cells.put("day", LocalDate.ofEpochDay(7L * random.nextInt(most)));
      new TreeMap<>(cells)
          .keySet().stream().filter(name -> random.nextInt(9) == 0).forEach(cells::remove);
      all.add(cells);
    }
    return all;
  }

  private static ColumnBatch batch(List<Map<String, Object>> all) {
    List<Column> columns = new ArrayList<>();
    for (Field field : SCHEMA.fields()) {
      ColumnAppender appender = ColumnAppender.of(field.type());
      for (Map<String, Object> cells : all) {
        Object cell = cells.get(field.name());
        appender.appendValue(cell instanceof LocalDate day ? (Object) day.toEpochDay() : cell);
      }
      columns.add(appender.build());
    }
    return new ColumnBatch(SCHEMA, columns, all.size());
  }
}
