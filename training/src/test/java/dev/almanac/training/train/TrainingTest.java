package dev.almanac.training.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.training.ArraySource;
import dev.almanac.training.Problem;
import dev.almanac.training.Weather;
import dev.almanac.training.config.OptimizerConfig;
import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.evaluate.Evaluation;
import dev.almanac.training.model.TrainedModel;
import dev.almanac.training.objective.Task;
import dev.almanac.training.problem.TrainingException;
import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.Journal;
import dev.almanac.training.run.ProgressListener;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunCode;
import dev.almanac.training.run.RunContext;
import dev.almanac.training.run.RunOutcome;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.RunStore;
import dev.almanac.training.run.StoppedException;
import dev.almanac.training.run.Surroundings;
import dev.almanac.training.run.SystemRecord;
import dev.almanac.training.torch.HalfProducts;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
  private static final String MODEL = "{\"hidden\": [16, 8], \"embedding\": 2}";

  @TempDir Path folder;
  private Dataset dataset;

  @BeforeEach
  void writeDataset() throws IOException {
    dataset = Weather.dataset(folder.resolve("dataset"), Weather.LABELS_AS_THEY_ARE);
  }

  private RunContext context() {
    return RunContext.of(folder.resolve("runs").toString());
  }

  private static TrainConfig config(String optimizer, double rate, int epochs, int patience) {
    TrainConfig config = Problem.config(Task.REGRESSION, MODEL, optimizer, rate, epochs);
    return Problem.changed(config, "{\"patience\": %d}".formatted(patience));
  }

  @Test
  void learnsWhatTheLabelsAreMadeOf() throws IOException {
    Run run = Training.run(dataset, config("adam", 0.01, 12, 0), context());
    // The labels' noise has deviation 1, whose mean distance from 0 is sqrt(2 / pi) = 0.80.
    assertTrue(run.record().metrics().get("validation").get("mae") < 1.1, run.record().toString());
  }

  @Test
  void equalConfigsGiveEqualWeightsAndOtherSeedsOthers() throws IOException {
    TrainConfig config = config("adamw", 0.01, 2, 0);
    float[] one = Training.run(dataset, config, context()).model().weights();
    float[] again = Training.run(dataset, config, context()).model().weights();
    assertArrayEquals(one, again);
    TrainConfig reseeded = Problem.changed(config, "{\"seed\": 8}");
    float[] other = Training.run(dataset, reseeded, context()).model().weights();
    assertFalse(Arrays.equals(one, other));
  }

  @Test
  void theRecordPinsThePrecisionThatTheRunIsRebuiltWith() throws IOException {
    TrainConfig single = config("adamw", 0.01, 2, 0);
    TrainConfig half = Problem.changed(single, "{\"precision\": \"bfloat16\"}");
    Run run = Training.run(dataset, half, context());
    Run read = new RunStore(folder.resolve("runs").toString()).open(run.record().runId());
    assertEquals(half, read.record().train());
    float[] weights = run.model().weights();
    assertArrayEquals(weights, Training.rerun(read, context()).model().weights());
    float[] other = Training.run(dataset, single, context()).model().weights();
    assertFalse(Arrays.equals(weights, other));
    boolean said =
        Files.readString(Path.of(run.path(Run.LOG))).contains("products of bfloat16 take");
    // Near 1 it is a matter of chance which of the two is quicker.
    double time = HalfProducts.time(Problem.COMPUTE);
    assertTrue(said || time < 1.5, "not a word of " + time);
    assertTrue(!said || time > 0.7, "slower, it says, than " + time);
  }

  @Test
  void aListenerHearsWhichRunBeginsAndHowItEnded() {
    List<String> heard = new ArrayList<>();
    ProgressListener progress =
        new ProgressListener() {
          @Override
          public void started(Run run) {
            heard.add("%s, %s".formatted(run.record().runId(), run.record().status()));
          }

          @Override
          public void epoch(EpochRecord epoch) {
            heard.add("epoch " + epoch.epoch());
          }

          @Override
          public boolean wantsStop() {
            return heard.size() == 6;
          }

          @Override
          public void ended(Run run) {
            heard.add("%s, %s".formatted(run.record().runId(), run.record().status()));
          }
        };
    RunContext context = context().withProgress(progress).withTrial("a", null);
    assertDoesNotThrow(() -> Training.run(dataset, config("adam", 0.01, 2, 0), context));
    RunContext stopped = context.withTrial("b", null);
    assertThrows(
        StoppedException.class, () -> Training.run(dataset, config("adam", 0.01, 2, 0), stopped));
    RunContext diverging = context.withTrial("c", null);
    assertThrows(
        TrainingException.class, () -> Training.run(dataset, config("sgd", 1e30, 2, 0), diverging));
    assertEquals(
        List.of(
            "a, RUNNING",
            "epoch 1",
            "epoch 2",
            "a, FINISHED",
            "b, RUNNING",
            "epoch 1",
            "b, STOPPED",
            "c, RUNNING",
            "c, FAILED"),
        heard);
  }

  private static final Surroundings KNOWN =
      new Surroundings() {
        @Override
        public String almanac() {
          return "1.2";
        }

        @Override
        public Code code() {
          RunCode.Checkout checkout = new RunCode.Checkout("abc", "main", null, List.of(), null);
          return new Code(
              new RunCode(checkout, checkout, null),
              Map.of(RunCode.CONFIG_DIFF, "diff\n".getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public Map<String, String> environment() {
          return Map.of("JOB", "7");
        }
      };

  @Test
  void theRecordPinsWhatTheRunWasMadeFrom() throws IOException {
    var config = Json.tree("{\"name\": \"weather\"}", "test");
    List<EpochRecord> heard = new ArrayList<>();
    ProgressListener progress =
        new ProgressListener() {
          @Override
          public void epoch(EpochRecord epoch) {
            heard.add(epoch);
          }
        };
    Run run =
        Training.run(
            dataset,
            config("adam", 0.01, 3, 0),
            context().withConfig(config).withSurroundings(KNOWN).withProgress(progress));
    RunRecord record = run.record();
    assertEquals(RunStatus.FINISHED, record.status());
    assertNull(record.reason());
    assertEquals(dataset.folder(), record.dataset().path());
    assertEquals(dataset.manifest().hash(), record.dataset().hash());
    assertEquals(dataset.manifest().hashes().transform(), record.dataset().transformHash());
    assertEquals(config, record.config());
    assertEquals(dataset.manifest().columns(), record.columns());
    assertEquals("cpu", record.device());
    assertEquals(1, record.threads());
    assertEquals("2.0.1", record.versions().pytorch());
    assertEquals("0.25.0", record.versions().djl());
    assertEquals("1.2", record.versions().almanac());
    assertEquals("abc", record.code().almanac().commit());
    assertEquals("diff\n", Files.readString(Path.of(run.path(RunCode.CONFIG_DIFF))));
    assertEquals(Map.of("JOB", "7"), record.machine().environment());
    assertTrue(record.code().dependencies().entries() > 5, "the class path");
    assertTrue(record.machine().hardware().memoryBytes() > 0);
    SystemRecord seen = run.system().values().get(0);
    assertTrue(seen.load().cores() > 0 && seen.load().heapBytes() > 0, seen.toString());
    assertTrue(record.files().containsKey(Run.SYSTEM), "sealed once nobody writes it");
    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().equals("system")),
        "nobody looks any more");
    assertEquals(List.of(), run.differences(), "files of the code are sealed with the others");
    assertEquals(run.model().weights().length, record.parameters());
    assertTrue(record.runId().matches("\\d{8}T\\d{6}Z-[0-9a-f]{8}"), record.runId());
    assertEquals(run, Run.open(run.folder()));
    assertEquals(heard, run.epochs());
    assertEquals(3, heard.size());
    assertEquals(
        heard.get(record.result().bestEpoch() - 1).validation(),
        record.metrics().get("validation"));
  }

  @Test
  void theRunHoldsItsOwnTransform() throws IOException {
    Run run = Training.run(dataset, config("adam", 0.01, 1, 0), context());
    assertEquals("{}\n", Files.readString(Path.of(run.path("transform", "transform.json"))));
  }

  @Test
  void keepsTheWeightsOfTheEpochWithTheLowestValidationLoss() throws IOException {
    // So high a rate that the loss goes up and down.
    Run run = Training.run(dataset, config("adam", 0.3, 12, 0), context());
    double lowest = Double.POSITIVE_INFINITY;
    int best = 0;
    for (EpochRecord epoch : run.epochs()) {
      assertEquals(epoch.validationLoss() < lowest, epoch.best());
      if (epoch.validationLoss() < lowest) {
        lowest = epoch.validationLoss();
        best = epoch.epoch();
      }
    }
    assertTrue(best < 12, "the loss only ever fell, which tests nothing");
    assertEquals(best, run.record().result().bestEpoch());
    Run evaluated = Evaluation.run(run, dataset, Split.VALIDATION, ProgressListener.NONE);
    assertEquals(
        run.epochs().get(best - 1).validation().get("rmse"),
        evaluated.record().metrics().get("validation").get("rmse"),
        1e-4);
  }

  @Test
  void stopsOncePatienceIsOver() throws IOException {
    Run run = Training.run(dataset, config("adam", 0.3, 60, 2), context());
    RunOutcome.Result result = run.record().result();
    assertTrue(result.stoppedEarly());
    assertEquals(result.bestEpoch() + 2, result.epochs());
    assertTrue(
        Files.readString(Path.of(run.path(Run.LOG))).contains("no lower validation loss in 2"));
  }

  @Test
  void patienceDoesNotEndACycleAtItsHighestRates() throws IOException {
    TrainConfig plain = config("adam", 0.3, 20, 1);
    OptimizerConfig by = plain.optimizer();
    String optimizer =
        "{\"name\": \"%s\", \"learning-rate\": %s, \"schedule\": \"one-cycle\"}"
            .formatted(by.optimizer().name(), by.learningRate());
    TrainConfig cycle = Problem.changed(plain, "{\"optimizer\": %s}".formatted(optimizer));
    Run run = Training.run(dataset, cycle, context());
    assertTrue(run.record().result().epochs() > 13, run.record().result().toString());
    List<EpochRecord> high = run.epochs().subList(1, 12);
    assertTrue(high.stream().anyMatch(epoch -> !epoch.best()), "the loss only ever fell");
  }

  @Test
  void keepsTheLastEpochWithoutValidationRows() throws IOException {
    Dataset bare = Weather.withoutValidation(folder.resolve("bare"));
    Run run = Training.run(bare, config("adam", 0.3, 4, 1), context());
    assertEquals(4, run.record().result().bestEpoch());
    assertNull(run.record().result().validationLoss());
    assertEquals(Map.of(), run.record().metrics());
  }

  @Test
  void aLossThatIsNoNumberFailsTheRunAndLeavesNoModel() throws IOException {
    var error =
        assertThrows(
            TrainingException.class,
            () -> Training.run(dataset, config("sgd", 1e25, 3, 0), context()));
    assertTrue(
        error
            .getMessage()
            .matches(
                "Cannot go on training in epoch 1, batch \\d+: the (loss|gradient) is not a finite number .*lower train.optimizer.learning-rate \\(1.0E25\\).*"),
        error.getMessage());
    Run failed = new RunStore(folder.resolve("runs").toString()).list().get(0);
    assertEquals(RunStatus.FAILED, failed.record().status());
    assertEquals(error.getMessage(), failed.record().reason());
    assertFalse(Files.exists(Path.of(failed.path(Run.MODEL))));
    var use = assertThrows(IOException.class, failed::model);
    assertTrue(
        use.getMessage().contains("it has no model (failed: Cannot go on"), use.getMessage());
  }

  @Test
  void anInfiniteFeatureIsNamed() {
    ArraySource rows = Problem.features(10, 3, List.of(), 3, 4);
    rows.numeric()[6][1] = Float.NaN;
    var loop =
        Problem.loop(
            config("adam", 0.01, 1, 0), Problem.columns(3, List.of(), Problem.number(0, 1)));
    var error = assertThrows(TrainingException.class, () -> loop.run(rows, null, Journal.silent()));
    assertTrue(
        error
            .getMessage()
            .startsWith(
                "Cannot go on training in epoch 1, batch 2: the loss is not a finite number (not finite in this batch: 'x1' holds NaN in row 2)"),
        error.getMessage());
  }

  @Test
  void aChangedFileIsRefusedBeforeARunExists() throws IOException {
    Path file = Path.of(dataset.path(dataset.manifest().files(Split.TRAIN).get(0)));
    byte[] bytes = Files.readAllBytes(file);
    bytes[100] ^= 1;
    Files.write(file, bytes);
    var error =
        assertThrows(
            IOException.class, () -> Training.run(dataset, config("adam", 0.01, 1, 0), context()));
    assertTrue(
        error
            .getMessage()
            .contains("train/part-00000-of-99999.parquet: its content changed: sha-256 "),
        error.getMessage());
    assertEquals(List.of(), new RunStore(folder.resolve("runs").toString()).list());
  }

  @Test
  void shuffledLabelsTeachNothing() throws IOException {
    Dataset shuffled = Weather.dataset(folder.resolve("shuffled"), Weather.LABELS_SHUFFLED);
    Run run = Training.run(shuffled, config("adam", 0.003, 6, 2), context());
    run = Evaluation.run(run, shuffled, Split.TEST, ProgressListener.NONE);
    double mean = run.record().baselines().get("test").get("training-mean").metrics().get("rmse");
    double model = run.record().metrics().get("test").get("rmse");
    assertEquals(mean, model, 0.05 * mean);
  }

  @Test
  void whatIsAskedWronglyIsRefusedBeforeARunExists() throws IOException {
    TrainConfig wrong = Problem.config(Task.BINARY, MODEL, "adam", 0.1, 1);
    assertThrows(TrainingException.class, () -> Training.run(dataset, wrong, context()));
    assertEquals(List.of(), new RunStore(folder.resolve("runs").toString()).list());
  }

  @Test
  void theModelOnDiskIsTheOneThatWasTrained() throws IOException {
    Run run = Training.run(dataset, config("adam", 0.01, 1, 0), context());
    TrainedModel model = TrainedModel.open(run.path(Run.MODEL));
    assertEquals(run.record().train().model(), model.settings());
    assertEquals(2, model.shape().numeric());
  }
}
