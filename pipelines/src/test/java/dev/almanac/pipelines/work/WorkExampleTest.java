package dev.almanac.pipelines.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.almanac.pipelines.cli.SmallConfig;
import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.work.predict.Predict;
import dev.almanac.pipelines.work.prepare.Prepare;
import dev.almanac.pipelines.work.train.Train;
import dev.almanac.training.run.RunContext.DatasetCheck;
import dev.almanac.training.run.RunGroup;
import dev.almanac.transforms.manifest.Dataset;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example of the page on calling the work from a program. */
@Timeout(300)
class WorkExampleTest {
  @TempDir Path folder;

  @Test
  void aProgramGoesFromAConfigToPredictions() throws Exception {
    String path = SmallConfig.writeBeside(folder.resolve("own"), SmallConfig.SEARCH);
    String newFiles = folder.resolve("source") + "/*.csv";
    String output = folder + "/predictions";
    Progress progress = new Lines();
    // docs: begin
    ConfigFile file = new ConfigFile(path, List.of("train.epochs=2"));
    AlmanacConfig config = file.read(Prepare.NEEDS);
    Engine engine = new Engine(Engine.DIRECT, List.of()); // and Beam's options
    Watch watch = new Watch(progress, new Cancellation());

    Dataset dataset = new Prepare(config, null, engine).run(watch);
    RunGroup runs = new Train(config, dataset.folder(), DatasetCheck.HASHES).run(watch);
    String run = runs.best().record().runId();
    Predict.Predicted predicted =
        new Predict(config, run, List.of(newFiles), output, engine).run(watch);
    // docs: end
    assertEquals(3000, predicted.rows());
    assertEquals(run, predicted.run().record().runId());
    assertEquals(dataset.folder(), runs.best().record().dataset().path());
    watch.cancellation().cancel();
    assertThrows(
        CancelledException.class,
        () -> new Train(config, dataset.folder(), DatasetCheck.HASHES).run(watch));
  }
}
