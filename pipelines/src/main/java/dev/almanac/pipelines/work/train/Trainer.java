package dev.almanac.pipelines.work.train;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.track.Trackers;
import dev.almanac.pipelines.work.CancelledException;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.prepare.Datasets;
import dev.almanac.pipelines.work.surroundings.Checkouts;
import dev.almanac.pipelines.work.surroundings.RunSurroundings;
import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.config.TrainPlan;
import dev.almanac.training.ensemble.Averaging;
import dev.almanac.training.evaluate.Evaluation;
import dev.almanac.training.evaluate.PermutationImportance;
import dev.almanac.training.run.ProgressListener;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunContext;
import dev.almanac.training.run.RunContext.DatasetCheck;
import dev.almanac.training.run.RunDataset;
import dev.almanac.training.run.RunGroup;
import dev.almanac.training.run.StoppedException;
import dev.almanac.training.track.Tracking;
import dev.almanac.training.train.Repeats;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.util.List;

/**
 * Trains and evaluates what a config says, under a watch.
 *
 * @param checkouts what the runs record as their code
 */
public record Trainer(AlmanacConfig config, Watch watch, Checkouts checkouts) {
  /** Of the code as it is now. */
  public Trainer(AlmanacConfig config, Watch watch) {
    this(config, watch, new Checkouts());
  }

  /** A training, which may be told to stop. */
  @FunctionalInterface
  interface Training<R> {
    R run(RunContext context) throws IOException;
  }

  /** Trains as often as {@code train.repeats} says. */
  public RunGroup train(Dataset dataset, DatasetCheck check) throws IOException {
    TrainConfig train = settled(dataset);
    return run(check, context -> Repeats.train(dataset, train, config.repeats(), context));
  }

  /** How to train on a dataset, which settles what the config leaves open; that is said. */
  TrainConfig settled(Dataset dataset) {
    TrainPlan plan = config.plan();
    if (plan.isOpen()) {
      watch.line(plan.settled(dataset.manifest()));
    }
    return plan.of(dataset.manifest());
  }

  /** Makes one run of runs of one dataset: its model is the mean of theirs. */
  public Run average(List<Run> members, Dataset dataset) throws IOException {
    return run(DatasetCheck.HASHES, context -> Averaging.run(members, dataset, context));
  }

  /** Runs a training with what surrounds it, until it is over or cancelled. */
  <R> R run(DatasetCheck check, Training<R> training) throws IOException {
    watch.check();
    try (Tracking tracking = new Trackers(config, watch::line).begin()) {
      return training.run(context(check).withProgress(new TrainProgress(watch, tracking)));
    } catch (StoppedException e) {
      throw new CancelledException(e);
    }
  }

  /** What surrounds a training of this config. */
  RunContext context(DatasetCheck check) {
    return RunContext.of(config.runs())
        .withConfig(config.canonical())
        .withSurroundings(new RunSurroundings(config, checkouts))
        .withProgress(new TrainProgress(watch, ProgressListener.NONE))
        .withCheck(check)
        .withDatasets(Datasets.folder(config));
  }

  /**
   * Measures runs on the test split of the very dataset that they were trained on, and the
   * importance of its columns for the best of them. Where that split has no rows the runs stay as
   * they are, which is said.
   */
  public RunGroup evaluate(RunGroup group, boolean importance) throws IOException {
    watch.check();
    Run run = group.runs().get(0);
    Dataset dataset =
        RunDataset.open(
            run,
            "evaluate run %s".formatted(run.record().runId()),
            Datasets.folder(config),
            watch::line);
    if (dataset.manifest().rows(Split.TEST) == 0) {
      watch.line(
          "the test split of dataset %s has no rows: nothing is measured on it"
              .formatted(dataset.folder()));
      return group;
    }
    TrainProgress shown = new TrainProgress(watch, ProgressListener.NONE);
    RunGroup evaluated = Evaluation.run(group, dataset, Split.TEST, shown);
    watch.check();
    if (importance) {
      PermutationImportance.run(evaluated.best(), dataset, Split.TEST, shown);
    }
    new Trackers(config, watch::line).changed(evaluated.runs());
    return evaluated;
  }
}
