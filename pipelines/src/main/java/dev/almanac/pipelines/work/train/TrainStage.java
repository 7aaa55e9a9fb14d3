package dev.almanac.pipelines.work.train;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.work.Progress;
import dev.almanac.pipelines.work.Version;
import dev.almanac.training.evaluate.Evaluation;
import dev.almanac.training.evaluate.PermutationImportance;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunContext;
import dev.almanac.training.run.RunContext.DatasetCheck;
import dev.almanac.training.run.RunDataset;
import dev.almanac.training.run.RunGroup;
import dev.almanac.training.train.Repeats;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.split.Split;
import java.io.IOException;

/** Trains and evaluates as the command line does it. */
public final class TrainStage {
  private TrainStage() {}

  /** Trains as often as {@code train.repeats} says. */
  public static RunGroup train(
      AlmanacConfig config, Dataset dataset, DatasetCheck check, Progress progress)
      throws IOException {
    return Repeats.train(
        dataset, config.train(), config.repeats(), context(config, check, progress));
  }

  /** Goes on with a run, and with the repeats behind it. */
  public static RunGroup resume(
      AlmanacConfig config, Run run, DatasetCheck check, Progress progress) throws IOException {
    return Repeats.resume(run, context(config, check, progress));
  }

  /** What surrounds a training of this config. */
  public static RunContext context(AlmanacConfig config, DatasetCheck check, Progress progress) {
    return RunContext.of(config.runs())
        .withConfig(config.canonical())
        .withVersion(Version.text(), Version.gitCommit())
        .withProgress(new TrainProgress(progress))
        .withCheck(check)
        .withDatasets(datasets(config));
  }

  /** Where a config's datasets are; null when it does not say. */
  public static String datasets(AlmanacConfig config) {
    return config.output() == null ? null : config.output().dataset();
  }

  /**
   * Measures runs on the test split of the very dataset that they were trained on, and the
   * importance of its columns for the best of them. Where that split has no rows the runs stay as
   * they are, which is said.
   */
  public static RunGroup evaluate(
      AlmanacConfig config, RunGroup group, boolean importance, Progress progress)
      throws IOException {
    Run run = group.runs().get(0);
    Dataset dataset =
        RunDataset.open(
            run,
            "evaluate run %s".formatted(run.record().runId()),
            datasets(config),
            progress::line);
    if (dataset.manifest().rows(Split.TEST) == 0) {
      progress.line(
          "the test split of dataset %s has no rows: nothing is measured on it"
              .formatted(dataset.folder()));
      return group;
    }
    TrainProgress shown = new TrainProgress(progress);
    RunGroup evaluated = Evaluation.run(group, dataset, Split.TEST, shown);
    if (importance) {
      PermutationImportance.run(evaluated.best(), dataset, Split.TEST, shown);
    }
    return evaluated;
  }
}
