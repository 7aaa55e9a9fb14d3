package dev.almanac.training.train;

import dev.almanac.training.config.DeviceChoice;
import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.feed.BatchSource;
import dev.almanac.training.feed.ClassRows;
import dev.almanac.training.feed.DatasetSource;
import dev.almanac.training.feed.ValidationSource;
import dev.almanac.training.feed.WindowSource;
import dev.almanac.training.graph.Precision;
import dev.almanac.training.lease.Lease;
import dev.almanac.training.lease.LeaseException;
import dev.almanac.training.objective.Objective;
import dev.almanac.training.problem.TrainingException;
import dev.almanac.training.run.ConfigDifference;
import dev.almanac.training.run.DatasetHashes;
import dev.almanac.training.run.Journal;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunContext;
import dev.almanac.training.run.RunDataset;
import dev.almanac.training.run.RunLog;
import dev.almanac.training.run.RunMachine;
import dev.almanac.training.run.RunRecipe;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.run.RunState;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.RunStore;
import dev.almanac.training.run.StoppedException;
import dev.almanac.training.torch.Compute;
import dev.almanac.training.torch.HalfProducts;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.manifest.FileHash;
import dev.almanac.transforms.manifest.SideFile;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

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
    return new Training(dataset, config, context).run();
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
      return new Training(dataset, record.train(), context).resume(now, lease);
    }
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
    return training.run(compute);
  }

  private Run resume(Run run, Lease lease) throws IOException {
    // As many threads as it began with: their number shows in the last bits of sums.
    Compute compute = Compute.start(config.machine().device(), run.record().threads());
    if (!compute.name().equals(run.record().device())) {
      throw new TrainingException(
          "Cannot go on with run %s: it began on %s (here is %s)"
              .formatted(run.record().runId(), run.record().device(), compute.name()));
    }
    TrainingLoop loop = loop(compute);
    // What the run was stopped with, before it is written to again.
    run.epochs();
    return train(run.write(run.record().resumed()), loop, compute, lease);
  }

  private Run run() throws IOException {
    return run(Compute.start(config.machine().device(), config.machine().threads()));
  }

  private Run run(Compute compute) throws IOException {
    TrainingLoop loop = loop(compute);
    RunRecord draft = draft(loop, compute);
    String folder = Storage.resolve(context.runs(), draft.runId());
    try (Lease lease = Lease.take(folder, "train run %s".formatted(draft.runId()))) {
      Run run = new RunStore(context.runs()).create(draft);
      return train(run, loop, compute, lease);
    }
  }

  private TrainingLoop loop(Compute compute) throws IOException {
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

  private Run train(Run run, TrainingLoop loop, Compute compute, Lease lease) throws IOException {
    context.progress().started(run);
    Run finished;
    try {
      finished = keepTraining(run, loop, compute, lease);
    } catch (StoppedException e) {
      context.progress().ended(run.write(written(run, run.record().stopped())));
      throw e;
    } catch (LeaseException e) {
      // The run is another process's now.
      throw e;
    } catch (IOException | RuntimeException | Error e) {
      if (TrainingMemory.isLacking(e)) {
        TrainingException said = TrainingMemory.lacking(run.record(), e);
        fail(run, said);
        throw said;
      }
      fail(run, e);
      throw e;
    }
    context.progress().ended(finished);
    return finished;
  }

  private Run keepTraining(Run run, TrainingLoop loop, Compute compute, Lease lease)
      throws IOException {
    RunLog log = new RunLog(run, lease);
    Checkpoints checkpoints =
        new Checkpoints(run.path(Run.CHECKPOINT), run.record().runId(), log::epochsHash);
    CheckpointClock clock = new CheckpointClock(checkpoints, config.machine().checkpoint(), lease);
    Checkpoint from = checkpoints.load();
    List<String> damage = log.keep(from == null ? 0 : from.place().epoch() - 1);
    checkpoints.requireEpochs(run.path(Run.EPOCHS));
    Journal journal = Journal.of(log, context.progress());
    for (String lost : damage) {
      journal.note(lost);
    }
    DatasetManifest manifest = dataset.manifest();
    if (from != null) {
      journal.note(
          "run %s: going on in epoch %s after batch %s"
              .formatted(run.record().runId(), from.place().epoch(), from.place().batches()));
    }
    journal.note(
        String.format(
            Locale.ROOT,
            "run %s: model %s with %,d weights on %s (%d threads), dataset %s",
            run.record().runId(),
            config.model().family(),
            run.record().parameters(),
            compute.name(),
            compute.threads(),
            dataset.folder()));
    if (config.machine().precision() == Precision.BFLOAT16) {
      double time = HalfProducts.time(compute);
      if (time > 1) {
        journal.note(
            String.format(
                Locale.ROOT,
                "products of bfloat16 take %.1f times as long here as those of float32: `precision: float32` trains faster",
                time));
      }
    }
    boolean validates = manifest.rows(Split.VALIDATION) > 0;
    if (!validates) {
      journal.note("no validation rows: the last epoch's weights are kept, patience is not used");
    }
    copyTransform(run);
    BatchSource validation = validates ? new ValidationSource(dataset, Split.VALIDATION) : null;
    TrainingLoop.Outcome outcome;
    try (BatchSource rows =
        compute.isHere()
            ? DatasetSource.train(dataset, config)
            : WindowSource.train(dataset, config)) {
      outcome = loop.run(rows, validation, journal, from, clock, context.progress()::wantsStop);
    }
    lease.confirm();
    outcome.model().save(run.path(Run.MODEL));
    journal.note(
        String.format(
            Locale.ROOT,
            "kept epoch %d of %d; %.1f s, %,.0f rows/s, %.1f %% of it waiting for rows",
            outcome.result().bestEpoch(),
            outcome.result().epochs(),
            outcome.result().speed().seconds(),
            outcome.result().speed().rowsPerSecond(),
            100 * outcome.result().waitShare()));
    Run finished =
        run.write(
            written(run, run.record().finished(now(), outcome.result(), outcome.validation()))
                .withFiles(run.hashed(Run.MODEL)));
    checkpoints.delete();
    return finished;
  }

  /** The record with the hashes of what nobody writes to any more. */
  private static RunRecord written(Run run, RunRecord record) throws IOException {
    return record.withFiles(run.hashed(Run.EPOCHS)).withFiles(run.hashed(Run.LOG));
  }

  /** Everything that predicting needs lies in the run, so the dataset may go. */
  private void copyTransform(Run run) throws IOException {
    for (String file : run.files(Run.TRANSFORM)) {
      String from = Storage.resolve(dataset.folder(), file);
      Storage.write(
          run.path(file),
          out -> {
            try (InputStream in = Storage.open(from)) {
              in.transferTo(out);
            }
          });
    }
    if (!run.files(Run.TRANSFORM).isEmpty()) {
      run.require(Run.TRANSFORM);
    }
  }

  private void fail(Run run, Throwable cause) {
    try {
      Storage.deleteFolder(run.path(Run.MODEL));
      context
          .progress()
          .ended(run.write(written(run, run.record().failed(now(), cause.getMessage()))));
    } catch (IOException | RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  private RunRecord draft(TrainingLoop loop, Compute compute) {
    DatasetManifest manifest = dataset.manifest();
    Instant now = Instant.now();
    return new RunRecord(
        RunRecord.FORMAT_VERSION,
        context.runId() == null ? RunStore.newId(now) : context.runId(),
        new RunState(RunStatus.RUNNING, null, now.truncatedTo(ChronoUnit.SECONDS).toString(), null),
        context.series(),
        new RunRecipe(
            new RunRecipe.DatasetReference(
                dataset.folder(), manifest.name(), manifest.hash(), manifest.hashes().transform()),
            context.config(),
            config,
            manifest.columns(),
            loop.parameters()),
        new RunMachine(compute.name(), compute.threads(), versions(context, compute)),
        null,
        transformFiles());
  }

  /** What is copied of the transform. */
  private Map<String, FileHash> transformFiles() {
    Map<String, FileHash> files = new TreeMap<>();
    for (SideFile file : dataset.manifest().sideFiles()) {
      if (file.isIn(Run.TRANSFORM)) {
        files.put(file.path(), new FileHash(file.bytes(), file.sha256()));
      }
    }
    return files;
  }

  /** The programs of this process. */
  static RunMachine.Versions versions(RunContext context, Compute compute) {
    return new RunMachine.Versions(
        context.code().almanac(),
        context.code().gitCommit(),
        System.getProperty("java.vendor") + " " + Runtime.version(),
        Compute.djl(),
        compute.pytorch(),
        "%s %s %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")));
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
