package dev.almanac.training.train;

import dev.almanac.training.config.DeviceChoice;
import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.feed.ClassRows;
import dev.almanac.training.lease.Lease;
import dev.almanac.training.lease.LeaseException;
import dev.almanac.training.objective.Objective;
import dev.almanac.training.problem.TrainingException;
import dev.almanac.training.run.ConfigDifference;
import dev.almanac.training.run.DatasetHashes;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunContext;
import dev.almanac.training.run.RunDataset;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.RunStore;
import dev.almanac.training.torch.Compute;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Trains one model on a dataset and leaves a run's folder behind.
 *
 * <p>A training that fails leaves the folder too, marked failed with the reason and without a
 * model, and its newest checkpoint. One that is stopped or killed can be gone on with. Equal
 * datasets, configs, threads and machines give equal weights on the processor. One training at a
 * time in a JVM: a second one waits.
 */
public final class Training {
  private final Dataset dataset;
  private final TrainConfig config;
  private final RunContext context;

  private Training(Dataset dataset, TrainConfig config, RunContext context) {
    this.dataset = dataset;
    this.config = config;
    this.context = context;
  }

  /**
   * Trains.
   *
   * @return the finished run
   * @throws TrainingException when the config does not suit the dataset or the machine, or the loss
   *     is not a finite number
   * @throws IOException when the dataset cannot be read or the run not be written
   */
  public static Run run(Dataset dataset, TrainConfig config, RunContext context)
      throws IOException {
    return run(dataset, config, context, Stretch.toTheEnd());
  }

  /**
   * Trains until an epoch has ended, or some row groups of one were read.
   *
   * @return the run, paused with a checkpoint; finished when the training ended before
   */
  public static Run run(Dataset dataset, TrainConfig config, RunContext context, Stretch stretch)
      throws IOException {
    return new Training(dataset, config, context).run(stretch);
  }

  /**
   * Goes on with a run that was stopped or killed, from its newest checkpoint; without one, from
   * the start. The weights are those of a run that was never stopped, to the bit, on the processor
   * with as many threads.
   *
   * @throws TrainingException when the run has finished, or its dataset or its settings are not
   *     what they were
   * @throws LeaseException when it is being trained
   */
  public static Run resume(Run run, RunContext context) throws IOException {
    return resume(run, context, Stretch.toTheEnd());
  }

  /**
   * Goes on until an epoch has ended, or some row groups of one were read.
   *
   * @param stretch a run that has paused there, or later, stays as it is
   * @return the run, paused with a checkpoint; finished when the training ended before
   */
  public static Run resume(Run run, RunContext context, Stretch stretch) throws IOException {
    String what = "go on with run %s".formatted(run.record().runId());
    try (Lease lease = Lease.take(run.folder(), what)) {
      // As it stands now: it may have ended since the caller read it.
      Run now = Run.open(run.folder());
      RunRecord record = now.record();
      if (record.status() == RunStatus.FINISHED) {
        throw new TrainingException("Cannot %s: it has finished".formatted(what));
      }
      if (record.status().isOver()) {
        throw new TrainingException(
            "Cannot %s: it was %s for good (%s); train a new one"
                .formatted(what, record.status().text(), record.reason()));
      }
      ConfigDifference.refuse(what, record, context.config());
      Dataset dataset = RunDataset.open(now, what, context.datasets(), context.progress()::note);
      return new Training(dataset, record.train(), context).resume(now, lease, stretch);
    }
  }

  /**
   * Ends a run before its last epoch, for good; its checkpoint goes.
   *
   * @param why it is not gone on with
   * @throws LeaseException when it is being trained
   */
  public static Run prune(Run run, String why) throws IOException {
    String what = "end run %s".formatted(run.record().runId());
    try (Lease lease = Lease.take(run.folder(), what)) {
      Run now = Run.open(run.folder());
      if (now.record().status().isOver()) {
        return now;
      }
      return end(now, lease, now.record().pruned(now(), why));
    }
  }

  /** Writes how a run ended for good; its checkpoint goes. */
  static Run end(Run run, Lease lease, RunRecord how) throws IOException {
    lease.confirm();
    Run ended = run.write(Segment.written(run, how));
    Storage.deleteFolder(run.path(Run.CHECKPOINT));
    return ended;
  }

  /**
   * Trains once more what a run was trained with: its dataset, config, seed, device and threads.
   *
   * @return the new run; on the processor its weights are the old one's to the bit, unless a
   *     program or the machine is another
   * @throws TrainingException when the dataset is not what it was
   */
  public static Run rerun(Run run, RunContext context) throws IOException {
    RunRecord record = run.record();
    Dataset dataset =
        RunDataset.open(
            run,
            "train run %s again".formatted(record.runId()),
            context.datasets(),
            context.progress()::note);
    Training training = new Training(dataset, record.train(), context.withConfig(record.config()));
    Compute compute = Compute.start(DeviceChoice.ofDevice(record.device()), record.threads());
    return training.run(compute, Stretch.toTheEnd());
  }

  private Run resume(Run run, Lease lease, Stretch stretch) throws IOException {
    // As many threads as it began with: their number shows in the last bits of sums.
    Compute compute = Compute.start(config.machine().device(), run.record().threads());
    if (!compute.name().equals(run.record().device())) {
      throw new TrainingException(
          "Cannot go on with run %s: it began on %s (here is %s)"
              .formatted(run.record().runId(), run.record().device(), compute.name()));
    }
    TrainingLoop loop = loop(compute);
    if (run.record().status() == RunStatus.PAUSED && run.hasReached(stretch.until())) {
      return run;
    }
    return segment(loop, compute, lease).train(run.write(run.record().resumed()), stretch);
  }

  private Run run(Stretch stretch) throws IOException {
    return run(Compute.start(config.machine().device(), config.machine().threads()), stretch);
  }

  private Run run(Compute compute, Stretch stretch) throws IOException {
    TrainingLoop loop = loop(compute);
    RunDraft draft = RunDraft.of(dataset, config, context, loop.parameters(), compute);
    String id = draft.record().runId();
    String folder = Storage.resolve(context.runs(), id);
    try (Lease lease = Lease.take(folder, "train run %s".formatted(id))) {
      Run run = draft.write(new RunStore(context.runs()));
      return segment(loop, compute, lease).train(run, stretch);
    }
  }

  private Segment segment(TrainingLoop loop, Compute compute, Lease lease) {
    return new Segment(dataset, loop, context, compute, lease);
  }

  private TrainingLoop loop(Compute compute) throws IOException {
    RunDraft.here(context);
    DatasetColumns columns = dataset.manifest().columns();
    long[] classRows = config.loss().countsClasses() ? ClassRows.of(dataset) : null;
    Objective objective = Objective.of(config.task(), config.loss(), columns.label(), classRows);
    TrainingLoop loop = new TrainingLoop(config, columns, objective, compute);
    TrainingMemory.check(loop.parameters(), config, compute);
    boolean hashes = context.check() == RunContext.DatasetCheck.HASHES;
    DatasetHashes.check(
        dataset, hashes ? List.of(Split.TRAIN, Split.VALIDATION) : List.of(), context.progress());
    return loop;
  }

  static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
