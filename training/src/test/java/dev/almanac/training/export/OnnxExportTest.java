package dev.almanac.training.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.config.DeviceChoice;
import dev.almanac.training.objective.Task;
import dev.almanac.training.run.Run;
import dev.almanac.training.score.Prediction;
import dev.almanac.training.score.Predictor;
import dev.almanac.training.score.Scorer;
import dev.almanac.training.torch.Compute;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.csv.RawCells;
import dev.almanac.transforms.encode.HashedOneHot;
import dev.almanac.transforms.encode.NominalStep;
import dev.almanac.transforms.encode.OneHot;
import dev.almanac.transforms.fit.FitPlan;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.fit.FurtherRows;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.manifest.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exported files in ONNX Runtime beside what the run itself says of the same rows. */
class OnnxExportTest {
  private static final int ROWS = 10_000;
  private static final double MOST = 1e-5;
  private static final String SMALL = "{'family': 'mlp', 'hidden': [8], 'embedding': 2}";

  @TempDir static Path folder;

  private static final Map<Task, Dataset> DATASETS = new EnumMap<>(Task.class);

  private static Run run(Task task, String model) throws IOException {
    if (!DATASETS.containsKey(task)) {
      DATASETS.put(task, Stations.dataset(folder.resolve(task.text()), Stations.plan(task)));
    }
    return Stations.run(folder, DATASETS.get(task), task, model.replace('\'', '"'));
  }

  private static Run run(String name, Task task, FitPlan plan, String model) throws IOException {
    Dataset dataset = Stations.dataset(folder.resolve(name), plan);
    return Stations.run(folder, dataset, task, model.replace('\'', '"'));
  }

  private static OnnxRuntime open(ExportedModel exported) throws IOException, OrtException {
    return new OnnxRuntime(Files.readAllBytes(Path.of(exported.file())));
  }

  private static ColumnBatch computed(Run run, ColumnBatch rows) throws IOException {
    return transform(run).applyFeatures(rows);
  }

  private static FittedTransform transform(Run run) throws IOException {
    return FittedTransform.read(run.path(Run.TRANSFORM)).withoutLabel();
  }

  /** Compares the predictions of the run with those of its file. */
  private static void check(Run run) throws IOException, OrtException {
    ColumnBatch computed = computed(run, Stations.rows(ROWS, Stations.WITH_UNSEEN));
    ExportedModel exported = OnnxExport.write(run, run.path(OnnxExport.FILE));
    try (Scorer scorer = Scorer.open(run, Compute.start(DeviceChoice.CPU, 1));
        OnnxRuntime runtime = open(exported)) {
      double[] expected = scorer.score(transform(run).encode(computed));
      Map<String, Object> outputs = runtime.run(exported.inputs(), computed);
      double[][] numbers = (double[][]) outputs.get(numbers(run));
      List<String> classes = run.record().columns().label().classes();
      double unit = classes == null ? run.record().columns().label().standardDeviation() : 1;
      int width = scorer.width();
      double least = Double.MAX_VALUE;
      double greatest = -Double.MAX_VALUE;
      for (int row = 0; row < ROWS; row++) {
        double[] own = Arrays.copyOfRange(expected, row * width, (row + 1) * width);
        assertArrayEquals(own, numbers[row], MOST * unit, "row " + row);
        least = Math.min(least, own[0]);
        greatest = Math.max(greatest, own[0]);
        if (classes != null && lead(own) > 2 * MOST) {
          String name = ((String[][]) outputs.get("predicted-class"))[row][0];
          assertEquals(classes.get(scorer.predictedClass(expected, row)), name);
        }
      }
      assertTrue(greatest - least > unit / 20, "the model tells rows apart");
    }
  }

  private static String numbers(Run run) {
    return switch (run.record().train().task()) {
      case REGRESSION -> "prediction";
      case BINARY -> "probability";
      case MULTICLASS -> "probabilities";
    };
  }

  /** How far the likeliest class is ahead: on the edge a row may fall to either. */
  private static double lead(double[] probabilities) {
    if (probabilities.length == 1) {
      return Math.abs(2 * probabilities[0] - 1);
    }
    double[] sorted = probabilities.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length - 1] - sorted[sorted.length - 2];
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'family': 'linear'}",
        "{'family': 'mlp'}",
        "{'family': 'mlp', 'hidden': [32, 16], 'norm': 'batch', 'activation': 'silu', 'dropout': 0.2}",
        "{'family': 'mlp', 'hidden': [32, 16], 'norm': 'layer', 'activation': 'gelu', 'numeric-embedding': 'periodic'}",
        "{'family': 'mlp', 'hidden': [32], 'embedding': 3, 'numeric-embedding': 'piecewise-linear', 'bins': 8}",
        "{'family': 'mlp', 'hidden': [32], 'members': 5, 'norm': 'batch'}",
        "{'family': 'resnet', 'width': 32, 'hidden': 48, 'numeric-embedding': 'both'}",
        "{'family': 'resnet', 'width': 32, 'hidden': 48, 'norm': 'layer', 'numeric-embedding': 'periodic'}",
        "{'family': 'dcn-v2', 'hidden': [32]}",
        "{'family': 'dcn-v2', 'hidden': [32], 'structure': 'stacked', 'numeric-embedding': 'piecewise-linear'}",
        "{'family': 'ft-transformer'}",
        "{'family': 'ft-transformer', 'numeric-embedding': 'periodic', 'dropout': 0.1, 'residual-dropout': 0.1}",
        "{'family': 'ft-transformer', 'heads': 1, 'numeric-embedding': 'piecewise-linear'}",
      })
  void everyFamilyPredictsInOnnxRuntimeAsHere(String model) throws IOException, OrtException {
    check(run(Task.REGRESSION, model));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'family': 'linear'}",
        SMALL,
        "{'family': 'mlp', 'hidden': [16], 'members': 4}",
        "{'family': 'ft-transformer', 'blocks': 1, 'hidden': 16}"
      })
  void classesAndTheirProbabilitiesAreThoseOfTheRun(String model) throws IOException, OrtException {
    check(run(Task.BINARY, model));
    check(run(Task.MULTICLASS, model));
  }

  @ParameterizedTest
  @ValueSource(strings = {"linear", "mlp", "resnet", "dcn-v2", "ft-transformer"})
  void modelsOfOneColumnAreModelsToo(String family) throws IOException, OrtException {
    String plain = "{'family': '%s'}".formatted(family);
    String waves = "{'family': '%s', 'numeric-embedding': 'periodic'}".formatted(family);
    String bins = "{'family': '%s', 'numeric-embedding': 'piecewise-linear'}".formatted(family);
    FitPlan number = Stations.plan(Task.REGRESSION, List.of(), List.of("wind"), List.of());
    FitPlan text = Stations.plan(Task.REGRESSION, List.of(), List.of(), List.of("station name"));
    check(run(family + "-number", Task.REGRESSION, number, plain));
    check(run(family + "-text", Task.REGRESSION, text, plain));
    if (!family.equals("linear")) {
      check(run(family + "-waves", Task.REGRESSION, number, waves));
      check(run(family + "-bins", Task.REGRESSION, number, bins));
    }
  }

  @Test
  void aModelOfIndicatorsPredictsAlikeHereAndThere() throws IOException, OrtException {
    for (String model : List.of("{'family': 'linear'}", SMALL)) {
      check(run("hot", Task.REGRESSION, Stations.plan(Task.REGRESSION, new OneHot()), model));
      NominalStep hashed = new HashedOneHot(32, 5);
      check(run("hashed", Task.REGRESSION, Stations.plan(Task.REGRESSION, hashed), model));
    }
  }

  @Test
  void aRowThatThereIsNoEncodingForHasNoPrediction() throws IOException, OrtException {
    for (Task task : Task.values()) {
      FitPlan plan = Stations.plan(task, List.of(), List.of("wind", "sun"), List.of("code"));
      Run run = run("unfilled-" + task.text(), task, plan, SMALL);
      ColumnBatch rows = Stations.rows(ROWS, Stations.WITH_UNSEEN);
      // No step fills `sun`, which is never missing where the run comes from.
      ColumnBatch gaps = rows.with(Field.nullable("sun", ColumnType.DOUBLE), rows.column("wind"));
      ExportedModel exported = OnnxExport.write(run, run.path(OnnxExport.FILE));
      try (OnnxRuntime runtime = open(exported)) {
        Map<String, Object> outputs = runtime.run(exported.inputs(), gaps);
        double[][] numbers = (double[][]) outputs.get(numbers(run));
        String[][] classes = (String[][]) outputs.get("predicted-class");
        for (int row = 0; row < ROWS; row++) {
          boolean missing = gaps.column("sun").isNull(row);
          assertEquals(missing, Double.isNaN(numbers[row][0]));
          assertEquals(missing && classes != null, classes != null && classes[row][0].isEmpty());
        }
      }
    }
  }

  /** A row of which some cells are others. */
  private static Map<String, String> odd(String... cells) {
    Map<String, String> row =
        new HashMap<>(
            Map.of(
                "day", "2001-05-06",
                "rain", "40",
                "wind", "1.5",
                "height", "20",
                "station name", "Stätte 3",
                "code", "0",
                "level", "0.3",
                "depth", "0.1",
                "week", "1970-01-08"));
    for (int i = 0; i < cells.length; i += 2) {
      row.put(cells[i], cells[i + 1]);
    }
    return row;
  }

  @Test
  void rowsAsOtherProgramsWriteThemArePredictedAlikeHereAndThere()
      throws IOException, OrtException {
    List<Map<String, String>> pairs =
        List.of(
            odd(),
            odd("rain", "40.0", "code", "0.0", "wind", "1.50", "height", "2e1", "level", ".30"),
            odd("station name", "nowhere", "code", "99", "level", "7.5", "week", "2020-01-01"),
            odd("station name", "007", "code", "A7", "level", "8", "week", "once"));
    List<Map<String, String>> rows = new ArrayList<>(pairs);
    rows.add(odd("station name", "7"));
    rows.add(odd("station name", "07"));
    rows.add(odd("rain", "2.5", "code", "00"));
    for (String column : odd().keySet()) {
      // Nothing fills what is computed of a missing day: such a row is refused.
      rows.add(column.equals("day") ? odd() : odd(column, null));
      rows.add(odd(column, "", "day", "1999-12-31"));
    }
    rows.add(odd("rain", null, "wind", null, "height", null, "station name", null, "code", null));
    Run run = run(Task.REGRESSION, "{'family': 'mlp', 'hidden': [16]}");
    FurtherRows reading = FurtherRows.withoutKept(FittedTransform.read(run.path(Run.TRANSFORM)));
    ExportedModel exported = OnnxExport.write(run, run.path(OnnxExport.FILE));
    double unit = run.record().columns().label().standardDeviation();
    try (Predictor predictor = Predictor.of(run);
        OnnxRuntime runtime = open(exported)) {
      ColumnBatch computed =
          reading.applyFeatures(
              new RawCells(reading.columns(), reading.format()).batch(reading.texts(rows)));
      double[][] there = (double[][]) runtime.run(exported.inputs(), computed).get("prediction");
      List<Prediction> here = predictor.predict(rows);
      for (int row = 0; row < rows.size(); row++) {
        assertEquals(here.get(row).number(), there[row][0], MOST * unit, rows.get(row).toString());
      }
      assertEquals(here.get(0), here.get(1));
      assertEquals(here.get(2), here.get(3));
      assertNotEquals(here.get(4), here.get(5));
      assertNotEquals(here.get(0), here.get(2));
    }
  }

  @Test
  void noRowsHaveNoPredictions() throws IOException, OrtException {
    for (String family : List.of("mlp", "ft-transformer")) {
      Run run = run(Task.REGRESSION, "{'family': '%s'}".formatted(family));
      ExportedModel exported = OnnxExport.write(run, run.path(OnnxExport.FILE));
      try (OnnxRuntime runtime = open(exported)) {
        ColumnBatch none = computed(run, Stations.rows(0, 1));
        var predictions = (double[][]) runtime.run(exported.inputs(), none).get("prediction");
        assertEquals(0, predictions.length);
      }
    }
  }

  @Test
  void theFileSaysHowItIsFed() throws IOException, OrtException {
    Run run = run(Task.MULTICLASS, SMALL);
    ExportedModel exported = OnnxExport.write(run, run.path("some", "where.onnx"));
    assertEquals(
        List.of(
            new ExportedModel.Input("rain", "double", "long", false, null),
            new ExportedModel.Input("wind", "double", "double", false, null),
            new ExportedModel.Input("height", "double", "double", false, null),
            new ExportedModel.Input("day.month-sin", "double", "double", true, null),
            new ExportedModel.Input("day.month-cos", "double", "double", true, null),
            new ExportedModel.Input("station name", "string", "string", false, null),
            new ExportedModel.Input("code", "string", "long", false, null),
            new ExportedModel.Input("level", "double", "double", false, null),
            new ExportedModel.Input("depth", "double", "double", false, null),
            new ExportedModel.Input("week", "string", "date", false, null)),
        exported.inputs());
    try (OnnxRuntime runtime = open(exported)) {
      assertEquals(
          exported.inputs().stream().map(ExportedModel.Input::name).toList(), runtime.inputNames());
      assertEquals(List.of("predicted-class", "probabilities"), runtime.outputNames());
      Map<String, String> metadata = runtime.metadata();
      assertEquals(run.record().runId(), metadata.get("almanac.run-id"));
      assertEquals("[\"cold\",\"fine\",\"hot\"]", metadata.get("almanac.classes"));
      assertEquals(transform(run).hash(), metadata.get("almanac.transform-hash"));
      JsonNode inputs = Json.tree(metadata.get("almanac.inputs"), "metadata");
      assertEquals(Json.mapper().valueToTree(exported.inputs()), inputs);
      JsonNode features = Json.tree(metadata.get("almanac.features"), "metadata");
      assertEquals("day", features.get(0).at("/date-parts/column").textValue());
    }
  }

  @Test
  void theSameRunGivesTheSameBytes() throws IOException {
    Run run = run(Task.REGRESSION, SMALL);
    String first = OnnxExport.write(run, run.path("a.onnx")).file();
    String second = OnnxExport.write(Run.open(run.folder()), run.path("b.onnx")).file();
    assertArrayEquals(Files.readAllBytes(Path.of(first)), Files.readAllBytes(Path.of(second)));
  }
}
