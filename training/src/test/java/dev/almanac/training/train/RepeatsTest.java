package dev.almanac.training.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.training.Problem;
import dev.almanac.training.Weather;
import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.evaluate.Evaluation;
import dev.almanac.training.objective.Task;
import dev.almanac.training.run.ProgressListener;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunContext;
import dev.almanac.training.run.RunGroup;
import dev.almanac.training.run.Spread;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepeatsTest {
  private static final TrainConfig CONFIG =
      Problem.config(Task.REGRESSION, "{\"hidden\": [8]}", "adam", 0.01, 2);

  @TempDir Path folder;
  private Dataset dataset;

  @BeforeEach
  void writeDataset() throws IOException {
    dataset = Weather.dataset(folder.resolve("dataset"), Weather.LABELS_AS_THEY_ARE);
  }

  private RunContext context() {
    return RunContext.of(folder.resolve("runs").toString());
  }

  @Test
  void eachRepeatIsTheRunThatItsSeedMakesAlone() throws IOException {
    RunGroup group = Repeats.train(dataset, CONFIG, 3, context());
    for (int i = 0; i < 3; i++) {
      Run repeat = group.runs().get(i);
      Run alone = Training.run(dataset, CONFIG.withSeed(CONFIG.seed() + i), context());
      assertEquals(CONFIG.seed() + i, repeat.record().train().seed());
      assertArrayEquals(alone.model().weights(), repeat.model().weights());
      assertNull(alone.record().group());
    }
  }

  @Test
  void theRunsOfAGroupFindOneAnotherOnDisk() throws IOException {
    RunGroup group = Repeats.train(dataset, CONFIG, 2, context());
    RunGroup other = Repeats.train(dataset, CONFIG, 2, context());
    for (Run run : group.runs()) {
      assertEquals(group, RunGroup.of(Run.open(run.folder())));
      assertEquals(2, run.record().group().size());
    }
    assertNotEquals(
        group.runs().get(0).record().group().id(), other.runs().get(0).record().group().id());
    Storage.writeText(folder.resolve("runs/of-another-version/run.json").toString(), "{}");
    assertEquals(group, RunGroup.of(group.best()));
    Run alone = Repeats.train(dataset, CONFIG, 1, context()).best();
    assertNull(alone.record().group());
    assertEquals(List.of(alone), RunGroup.of(alone).runs());
  }

  @Test
  void theRunToUseIsTheBestOnValidationWhateverTheTestSays() throws IOException {
    RunGroup group = Repeats.train(dataset, CONFIG, 3, context());
    Run best = group.best();
    for (Run run : group.runs()) {
      assertTrue(best.record().result().validationLoss() <= run.record().result().validationLoss());
    }
    RunGroup worseOnTest =
        new RunGroup(
            group.runs().stream()
                .map(
                    run ->
                        new Run(
                            run.folder(),
                            run.record()
                                .evaluated(
                                    "test",
                                    Map.of(
                                        "mae",
                                        run.record().runId().equals(best.record().runId())
                                            ? 1e9
                                            : 0.0),
                                    Map.of())))
                .toList());
    assertEquals(best.record().runId(), worseOnTest.best().record().runId());
  }

  @Test
  void withoutValidationRowsTheFirstRunIsUsed() throws IOException {
    RunGroup group =
        Repeats.train(Weather.withoutValidation(folder.resolve("two")), CONFIG, 2, context());
    assertEquals(1, group.best().record().group().number());
  }

  @Test
  void aGroupIsEvaluatedAsItsRunsAreOneByOne() throws IOException {
    RunGroup group = Repeats.train(dataset, CONFIG, 2, context());
    RunGroup evaluated = Evaluation.run(group, dataset, Split.TEST, ProgressListener.NONE);
    List<Double> values = evaluated.metrics().get("metrics.test.mae").values();
    assertEquals(2, new HashSet<>(values).size());
    for (int i = 0; i < 2; i++) {
      Run alone = Evaluation.run(group.runs().get(i), dataset, Split.TEST, ProgressListener.NONE);
      assertEquals(alone.record().metrics().get("test").get("mae"), values.get(i));
      assertEquals(alone.record().baselines(), evaluated.runs().get(i).record().baselines());
    }
  }

  @Test
  void theSpreadIsThatOfASample() {
    Spread spread = Spread.of(List.of(2.0, 4.0, 9.0));
    assertEquals(5, spread.mean());
    assertEquals(Math.sqrt(13), spread.sd(), 1e-15);
    assertNull(Spread.of(List.of(3.0)).sd());
  }
}
