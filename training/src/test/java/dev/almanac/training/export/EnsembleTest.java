package dev.almanac.training.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import dev.almanac.training.config.DeviceChoice;
import dev.almanac.training.ensemble.Averaging;
import dev.almanac.training.feed.EncodedRows;
import dev.almanac.training.metric.Metrics;
import dev.almanac.training.objective.Task;
import dev.almanac.training.problem.TrainingException;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunContext;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.RunStore;
import dev.almanac.training.score.Prediction;
import dev.almanac.training.score.Predictor;
import dev.almanac.training.score.Scorer;
import dev.almanac.training.torch.Compute;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.parquet.ParquetBatchReader;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A run of several models beside the runs that it is of. */
class EnsembleTest {
  private static final int ROWS = 2_000;
  private static final List<String> MODELS =
      List.of(
          "{\"family\": \"mlp\", \"hidden\": [16], \"members\": 3}",
          "{\"family\": \"linear\"}",
          "{\"family\": \"ft-transformer\", \"blocks\": 1, \"hidden\": 16}");

  @TempDir Path folder;

  private Dataset dataset(Task task) throws IOException {
    return Stations.dataset(folder.resolve(task.text()), Stations.plan(task));
  }

  private List<Run> members(Task task, Dataset dataset) throws IOException {
    List<Run> members = new ArrayList<>();
    for (String model : MODELS) {
      members.add(Stations.run(folder, dataset, task, model));
    }
    return members;
  }

  private Run average(List<Run> members, Dataset dataset) throws IOException {
    return Averaging.run(members, dataset, RunContext.of(folder.resolve("runs").toString()));
  }

  private static double[] scores(Run run, ColumnBatch encoded) throws IOException {
    try (Scorer scorer = Scorer.open(run, Compute.start(DeviceChoice.CPU, 1))) {
      return scorer.score(encoded);
    }
  }

  private static double[] mean(List<Run> members, ColumnBatch encoded) throws IOException {
    double[] mean = null;
    for (Run member : members) {
      double[] scores = scores(member, encoded);
      mean = mean == null ? new double[scores.length] : mean;
      for (int i = 0; i < mean.length; i++) {
        mean[i] += scores[i] / members.size();
      }
    }
    return mean;
  }

  @ParameterizedTest
  @EnumSource(Task.class)
  void itPredictsTheMeanOfItsMembersHereAndInOnnxRuntime(Task task)
      throws IOException, OrtException {
    Dataset dataset = dataset(task);
    List<Run> members = members(task, dataset);
    Run made = average(members, dataset);
    // Neither what it was made of nor the dataset has to be there.
    Storage.deleteFolder(dataset.folder());
    FittedTransform transform = FittedTransform.read(made.path(Run.TRANSFORM)).withoutLabel();
    ColumnBatch computed = transform.applyFeatures(Stations.rows(ROWS, Stations.WITH_UNSEEN));
    ColumnBatch encoded = transform.encode(computed);
    double[] mean = mean(members, encoded);
    for (Run member : members) {
      Storage.deleteFolder(member.folder());
    }
    Run run = Run.open(made.folder());
    List<String> classes = run.record().columns().label().classes();
    double unit = classes == null ? run.record().columns().label().standardDeviation() : 1;
    double[] own = scores(run, encoded);
    assertEquals(mean.length, own.length);
    for (int i = 0; i < mean.length; i++) {
      assertEquals(mean[i], own[i], 1e-9 * unit);
    }
    ExportedModel exported = OnnxExport.write(run, run.path(OnnxExport.FILE));
    int width = mean.length / ROWS;
    try (OnnxRuntime runtime = new OnnxRuntime(Files.readAllBytes(Path.of(exported.file())))) {
      Map<String, Object> outputs = runtime.run(exported.inputs(), computed);
      String name =
          switch (task) {
            case REGRESSION -> "prediction";
            case BINARY -> "probability";
            case MULTICLASS -> "probabilities";
          };
      double[][] there = (double[][]) outputs.get(name);
      for (int row = 0; row < ROWS; row++) {
        for (int i = 0; i < width; i++) {
          assertEquals(mean[row * width + i], there[row][i], 1e-5 * unit);
        }
        if (task == Task.BINARY && Math.abs(mean[row] - 0.5) > 1e-5) {
          String predicted = ((String[][]) outputs.get("predicted-class"))[row][0];
          assertEquals(classes.get(mean[row] > 0.5 ? 1 : 0), predicted);
        }
      }
    }
  }

  @Test
  void aPredictorGivesTheMeanOfItsMembersPredictors() throws IOException {
    Dataset dataset = dataset(Task.REGRESSION);
    List<Run> members = members(Task.REGRESSION, dataset);
    Map<String, String> row =
        Map.of("day", "2001-05-06", "rain", "40", "wind", "1.5", "station name", "Stätte 3");
    double sum = 0;
    for (Run member : members) {
      try (Predictor predictor = Predictor.of(member)) {
        sum += predictor.predict(row).number();
      }
    }
    try (Predictor predictor = Predictor.of(average(members, dataset))) {
      Prediction prediction = predictor.predict(row);
      assertEquals(sum / members.size(), prediction.number(), 1e-6);
    }
  }

  @Test
  void itsRecordNamesItsMembersAndMeasuresValidation() throws IOException {
    Dataset dataset = dataset(Task.REGRESSION);
    List<Run> members = members(Task.REGRESSION, dataset);
    Run run = Run.open(average(members, dataset).folder());
    assertEquals(RunStatus.FINISHED, run.record().status());
    assertNull(run.record().result());
    assertEquals(
        members.stream().map(member -> member.record().runId()).toList(),
        run.record().recipe().members());
    assertEquals(
        members.stream().mapToLong(member -> member.record().parameters()).sum(),
        run.record().parameters());
    assertEquals(List.of(), run.differences());
    Map<String, Double> metrics = validation(members, dataset);
    metrics.forEach(
        (name, value) ->
            assertEquals(value, run.record().metrics().get("validation").get(name), 1e-6, name));
    assertFalse(run.record().metrics().containsKey("test"));
  }

  private static Map<String, Double> validation(List<Run> members, Dataset dataset)
      throws IOException {
    Metrics metrics = members.get(0).objective().metrics();
    String file = dataset.path(dataset.manifest().files(Split.VALIDATION).get(0));
    try (ParquetBatchReader reader = ParquetBatchReader.open(file, 100)) {
      for (ColumnBatch batch = reader.read(); batch != null; batch = reader.read()) {
        metrics.add(mean(members, batch), EncodedRows.floats(batch, "y"), batch.rows());
      }
    }
    return metrics.values();
  }

  @ParameterizedTest
  @CsvSource({"mae, 1", "mae, 2", "mae, 5", "rmse, 5", "r2, 5"})
  void theOneThatImprovesTheMeanMostIsTakenNext(String metric, int most) throws IOException {
    Dataset dataset = dataset(Task.REGRESSION);
    List<Run> pool = new ArrayList<>(members(Task.REGRESSION, dataset));
    pool.add(
        Stations.run(
            folder, dataset, Task.REGRESSION, "{\"family\": \"mlp\", \"hidden\": [32, 8]}"));
    Comparator<Double> bestFirst =
        metric.equals("r2") ? Comparator.reverseOrder() : Comparator.naturalOrder();
    Averaging.Selection selection =
        Averaging.select(
            pool, dataset, most, Comparator.comparing(each -> each.get(metric), bestFirst));

    List<Run> expected = new ArrayList<>(List.of(pool.get(0)));
    List<Double> values = new ArrayList<>(List.of(validation(expected, dataset).get(metric)));
    while (expected.size() < most) {
      Run next = null;
      double value = values.get(values.size() - 1);
      for (Run other : pool) {
        List<Run> more = new ArrayList<>(expected);
        more.add(other);
        double found = validation(more, dataset).get(metric);
        if (!expected.contains(other) && bestFirst.compare(found, value) < 0) {
          next = other;
          value = found;
        }
      }
      if (next == null) {
        break;
      }
      expected.add(next);
      values.add(value);
    }
    assertEquals(expected, selection.members());
    for (int i = 0; i < values.size(); i++) {
      assertEquals(values.get(i), selection.metrics().get(i).get(metric), 1e-6);
    }
    assertEquals(most > 1, expected.size() > 1, "some mean is better than the first alone");
  }

  @Test
  void whatIsMissingOrDamagedIsSaid() throws IOException {
    Dataset dataset = dataset(Task.REGRESSION);
    List<Run> members = members(Task.REGRESSION, dataset);
    Run run = average(members, dataset);
    IOException refused = assertThrows(IOException.class, run::model);
    assertTrue(refused.getMessage().contains("it averages the models of runs"), refused::toString);
    Path weights = Path.of(run.path(Run.MODEL, "2", "weights.safetensors"));
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);
    IOException damaged = assertThrows(IOException.class, run::ensemble);
    assertTrue(damaged.getMessage().contains("was changed after"), damaged::toString);
    Storage.deleteFolder(run.path(Run.MODEL, "2"));
    IOException missing = assertThrows(IOException.class, run::ensemble);
    assertTrue(missing.getMessage().contains("model/2/model.json"), missing::toString);

    Storage.deleteFolder(members.get(1).path(Run.MODEL));
    int before = new RunStore(folder.resolve("runs").toString()).list().size();
    IOException gone = assertThrows(IOException.class, () -> average(members, dataset));
    assertTrue(gone.getMessage().contains(members.get(1).record().runId()), gone::toString);
    assertEquals(before, new RunStore(folder.resolve("runs").toString()).list().size());
  }

  @Test
  void runsOfOtherDataAreNotAveraged() throws IOException {
    Dataset numbers = dataset(Task.REGRESSION);
    Dataset pairs = dataset(Task.BINARY);
    Run number = Stations.run(folder, numbers, Task.REGRESSION, MODELS.get(1));
    Run pair = Stations.run(folder, pairs, Task.BINARY, MODELS.get(1));
    assertNotEquals(numbers.manifest().hash(), pairs.manifest().hash());
    Exception refused =
        assertThrows(TrainingException.class, () -> average(List.of(number, pair), numbers));
    assertTrue(refused.getMessage().contains("one dataset"), refused::toString);
    assertThrows(TrainingException.class, () -> average(List.of(number), numbers));
  }
}
