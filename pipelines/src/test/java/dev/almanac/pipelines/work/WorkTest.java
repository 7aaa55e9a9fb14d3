package dev.almanac.pipelines.work;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.pipelines.cli.SmallConfig;
import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.work.predict.Predict;
import dev.almanac.pipelines.work.prepare.Prepare;
import dev.almanac.pipelines.work.prepare.VerifyDataset;
import dev.almanac.pipelines.work.search.Search;
import dev.almanac.pipelines.work.train.Evaluate;
import dev.almanac.pipelines.work.train.Train;
import dev.almanac.training.run.RunContext.DatasetCheck;
import dev.almanac.training.run.RunGroup;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetFile;
import dev.almanac.transforms.split.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The way from rows to predictions as a program goes it, without the command line. */
@Timeout(300)
class WorkTest {
  private static final Engine ENGINE = new Engine(Engine.DIRECT, List.of());

  @TempDir Path folder;

  /** What came of one way through. */
  private record Way(
      List<String> rows,
      float[] weights,
      Object metrics,
      List<Object> values,
      byte[] predictions,
      List<String> lines) {}

  @Test
  void twoThatGoTheirWaysAtOnceComeToWhatTheyComeToAlone() throws Exception {
    List<String> seeds = List.of("train.seed=7", "train.seed=8");
    List<String> threads = List.of("train.threads=1", "train.threads=2");
    List<Way> alone = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      alone.add(go(folder.resolve("alone" + i), List.of(seeds.get(i), threads.get(i))));
    }
    ExecutorService callers = Executors.newFixedThreadPool(2);
    List<Future<Way>> both = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Path own = folder.resolve("both" + i);
      List<String> settings = List.of(seeds.get(i), threads.get(i));
      both.add(callers.submit(() -> go(own, settings)));
    }
    for (int i = 0; i < 2; i++) {
      Way expected = alone.get(i);
      Way found = both.get(i).get();
      assertEquals(expected.rows(), found.rows());
      assertArrayEquals(expected.weights(), found.weights(), "to the bit");
      assertEquals(expected.metrics(), found.metrics());
      assertEquals(expected.values(), found.values());
      assertArrayEquals(expected.predictions(), found.predictions());
      Path other = folder.resolve("both" + (1 - i));
      assertTrue(
          found.lines().stream().noneMatch(line -> line.contains(other.toString())),
          () -> "each hears of its own work alone: " + found.lines());
    }
    callers.shutdown();
    assertNotEquals(alone.get(0).metrics(), alone.get(1).metrics());
  }

  private static Way go(Path folder, List<String> settings) throws Exception {
    ConfigFile file =
        new ConfigFile(
            SmallConfig.writeBeside(folder, SmallConfig.SEARCH.replace("trials: 4", "trials: 2")),
            settings);
    AlmanacConfig config = file.read(Search.NEEDS);
    Lines lines = new Lines();
    Watch watch = Watch.of(lines);

    Dataset dataset = new Prepare(config, null, ENGINE).run(watch);
    assertEquals(List.of(), new VerifyDataset(dataset.folder()).run(watch).differences());
    new Train(config, null, DatasetCheck.HASHES).run(watch);
    RunGroup evaluated = new Evaluate(config, null, false).run(watch);
    assertEquals(dataset.folder(), evaluated.best().record().dataset().path());
    Search.Found found = new Search(file, null, Set.of(), ENGINE, new Worker()).run(watch);
    assertEquals(2, found.trials().size());
    String input = folder.resolveSibling("source") + "/*.csv";
    Predict.Predicted predicted =
        new Predict(config, null, List.of(input), folder + "/predictions", ENGINE).run(watch);
    assertEquals(3000, predicted.rows());
    assertEquals(found.winner().record().runId(), predicted.run().record().runId());

    List<String> rows = new ArrayList<>();
    for (Split split : Split.values()) {
      rows.addAll(dataset.manifest().files(split).stream().map(DatasetFile::sha256).toList());
    }
    List<Object> values = new ArrayList<>();
    found.trials().forEach(trial -> values.add(List.of(trial.assignment(), trial.value())));
    return new Way(
        rows,
        evaluated.best().model().weights(),
        evaluated.best().record().metrics(),
        values,
        Files.readAllBytes(Path.of(predicted.output(), "part-00000.parquet")),
        lines.all());
  }
}
