package dev.almanac.training.train;

import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.feed.BatchSource;
import dev.almanac.training.feed.DatasetSource;
import dev.almanac.training.feed.RowsInMemory;
import dev.almanac.training.feed.WindowSource;
import dev.almanac.training.graph.Precision;
import dev.almanac.training.lease.Lease;
import dev.almanac.training.lease.LeaseException;
import dev.almanac.training.problem.MemoryException;
import dev.almanac.training.problem.TrainingException;
import dev.almanac.training.run.Journal;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunContext;
import dev.almanac.training.run.RunLog;
import dev.almanac.training.run.RunOutcome;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.run.StoppedException;
import dev.almanac.training.torch.Compute;
import dev.almanac.training.torch.HalfProducts;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.Locale;

/**
 * A stretch of a run's training: from where the run stands until an epoch has ended, or some row
 * groups of one were read, or all is over. What it leaves is in the run's folder, however it ends.
 */
final class Segment {
  private final Dataset dataset;
  private final TrainingLoop loop;
  private final TrainConfig config;
  private final RunContext context;
  private final Compute compute;
  private final Lease lease;

  /**
   * @param lease of the run
   */
  Segment(Dataset dataset, TrainingLoop loop, RunContext context, Compute compute, Lease lease) {
    this.dataset = dataset;
    this.loop = loop;
    this.config = loop.config();
    this.context = context;
    this.compute = compute;
    this.lease = lease;
  }

  /**
   * Trains.
   *
   * @param run whose record says that it runs
   * @return the run, finished or paused
   */
  Run train(Run run, Stretch stretch) throws IOException {
    context.progress().started(run);
    Run trained;
    try {
      trained = keepTraining(run, stretch);
    } catch (StoppedException e) {
      if (RunCancellation.isAsked(run)) {
        TrainingException cancelled = RunCancellation.end(run, lease);
        context.progress().ended(Run.open(run.folder()));
        throw cancelled;
      }
      context.progress().ended(run.write(written(run, run.record().stopped())));
      throw e;
    } catch (LeaseException e) {
      // The run is another process's now.
      throw e;
    } catch (IOException | RuntimeException | Error e) {
      if (TrainingMemory.isLacking(e)) {
        MemoryException said = TrainingMemory.lacking(run.record(), e);
        fail(run, said);
        throw said;
      }
      fail(run, e);
      throw e;
    }
    context.progress().ended(trained);
    return trained;
  }

  private Run keepTraining(Run run, Stretch stretch) throws IOException {
    RunLog log = new RunLog(run, lease);
    Checkpoints checkpoints =
        new Checkpoints(run.path(Run.CHECKPOINT), run.record().runId(), log::epochsHash);
    Checkpoint from = checkpoints.load();
    int ended = from == null ? 0 : from.place().epoch() - 1;
    SystemSampler system = new SystemSampler(run, lease, context.surroundings());
    Journal journal = Journal.of(log, system.beside(context.progress()));
    for (String lost : log.keep(ended, from == null ? 0 : from.place().batches())) {
      journal.note(lost);
    }
    checkpoints.requireEpochs(run.path(Run.EPOCHS));
    if (stretch.before() != null) {
      journal.note("trying again: " + stretch.before());
    }
    introduce(run, from, journal);
    run.copyTransform(dataset.folder());
    BatchSource validation = stretch.rows().validation(dataset);
    CheckpointClock clock = new CheckpointClock(checkpoints, config.machine().checkpoint(), lease);
    try (SystemSampler looking = system.start();
        EndSignal signal = new EndSignal(context.progress()::wantsStop, run);
        Turn turn = Turn.await(signal);
        BatchSource train = trainRows(stretch.rows());
        LiveTraining live = loop.begin(turn, train, from)) {
      live.run(new LiveTraining.Rows(train, validation), stretch.until(), journal, clock, signal);
      looking.end();
      if (live.isOver()) {
        return finish(run, live, journal, checkpoints);
      }
      clock.save(live::checkpoint, true);
      journal.note("paused after %s of %s".formatted(live.at(), config.length().epochs()));
      return run.write(written(run, run.record().paused(live.metrics())));
    }
  }

  private BatchSource trainRows(RowsInMemory rows) throws IOException {
    return compute.isHere()
        ? DatasetSource.train(dataset, config, rows)
        : WindowSource.train(dataset, config, rows);
  }

  private void introduce(Run run, Checkpoint from, Journal journal) throws IOException {
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
    if (dataset.manifest().rows(Split.VALIDATION) == 0) {
      journal.note("no validation rows: the last epoch's weights are kept, patience is not used");
    }
  }

  private Run finish(Run run, LiveTraining live, Journal journal, Checkpoints checkpoints)
      throws IOException {
    TrainingLoop.Outcome outcome = live.outcome();
    lease.confirm();
    outcome.model().save(run.path(Run.MODEL));
    RunOutcome.Result result = outcome.result();
    journal.note(
        String.format(
            Locale.ROOT,
            "kept epoch %d of %d; %.1f s, %,.0f rows/s, %.1f %% of it waiting for rows",
            result.bestEpoch(),
            result.epochs(),
            result.speed().seconds(),
            result.speed().rowsPerSecond(),
            100 * result.waitShare()));
    RunRecord record = run.record().finished(Training.now(), result, outcome.validation());
    Run finished = run.write(written(run, record).withFiles(run.hashed(Run.MODEL)));
    checkpoints.delete();
    return finished;
  }

  /** The record with the hashes of what nobody writes to any more. */
  static RunRecord written(Run run, RunRecord record) throws IOException {
    return record
        .withFiles(run.hashed(Run.EPOCHS))
        .withFiles(run.hashed(Run.RUNGS))
        .withFiles(run.hashed(Run.LOG))
        .withFiles(run.hashed(Run.SYSTEM));
  }

  private void fail(Run run, Throwable cause) {
    try {
      Storage.deleteFolder(run.path(Run.MODEL));
      RunRecord record = run.record().failed(Training.now(), cause);
      context.progress().ended(run.write(written(run, record)));
    } catch (IOException | RuntimeException | Error e) {
      cause.addSuppressed(e);
    }
  }
}
