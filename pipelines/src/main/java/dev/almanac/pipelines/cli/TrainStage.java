package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.training.run.Evaluation;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunContext;
import dev.almanac.training.run.RunContext.DatasetCheck;
import dev.almanac.training.run.Training;
import dev.almanac.transforms.artifact.Dataset;
import dev.almanac.transforms.split.Split;
import java.io.IOException;

/** Trains and evaluates as the command line does it. */
final class TrainStage {
  private TrainStage() {}

  static Run train(AlmanacConfig config, Dataset dataset, DatasetCheck check, Progress progress)
      throws IOException {
    return Training.run(
        dataset,
        config.train(),
        RunContext.of(config.runs())
            .withConfig(config.canonical())
            .withVersion(Version.text(), Version.gitCommit())
            .withProgress(new TrainProgress(progress))
            .withCheck(check));
  }

  /** Measures the run on the test split of the very dataset that it was trained on. */
  static Run evaluate(Run run, Progress progress) throws IOException {
    Dataset dataset = Dataset.open(run.record().dataset().path());
    String trained = run.record().dataset().hash();
    if (!dataset.manifest().hash().equals(trained)) {
      throw new IOException(
          "Cannot evaluate run %s: dataset %s is not the one that it was trained on (hash %s, expected %s)"
              .formatted(run.folder(), dataset.folder(), dataset.manifest().hash(), trained));
    }
    return Evaluation.run(run, dataset, Split.TEST, new TrainProgress(progress));
  }
}
