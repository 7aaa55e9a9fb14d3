package dev.almanac.pipelines.work.search;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.track.study.TrialRun;
import dev.almanac.pipelines.work.Cancellation;
import dev.almanac.pipelines.work.CancelledException;
import dev.almanac.pipelines.work.ConfigFile;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.worker.SegmentWorkers;
import dev.almanac.pipelines.work.worker.WorkerEndException;
import dev.almanac.pipelines.work.worker.WorkerMessage;
import dev.almanac.pipelines.work.worker.WorkerStartException;
import dev.almanac.training.lease.Lease;
import dev.almanac.training.lease.LeaseHolder;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.run.RunSeries;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.RunStore;
import dev.almanac.training.run.Until;
import dev.almanac.training.search.Objective;
import dev.almanac.training.search.TrialCancelledException;
import dev.almanac.training.search.space.SearchException;
import dev.almanac.training.search.trial.Epochs;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.training.train.Training;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Trains trials in workers that stay, each a process, since PyTorch's gradients are one to a
 * process.
 *
 * <p>Workers never outlive the search: cancelled, it lets them write their state first; they end by
 * themselves when this process is killed outright. A trial that was under way in an earlier process
 * goes on as the run that it was, or has ended already. When a worker dies, its trial's segment is
 * tried again from the run's checkpoint. Thread-safe.
 */
final class TrialProcesses implements Objective, AutoCloseable {
  /** Seconds: longer than a training of an earlier search may take to end. */
  private static final int WAITING = 90;

  /** Seconds in which a signal that has ended a worker reaches this process, too, if it will. */
  private static final int SIGNAL_SECONDS = 3;

  /** How often it is tried to start a worker, a second apart. */
  private static final int STARTS = 4;

  private final ConfigFile file;
  private final Setting setting;
  private final SegmentWorkers workers;
  private final Watch watch;
  private final Cancellation.Handle onCancel;

  /**
   * What all trials share.
   *
   * @param runs the folder of their runs
   * @param counted what training is counted in
   * @param threads of each
   * @param retries how often a segment is tried again whose worker has died
   */
  record Setting(
      StudyDatasets datasets,
      String runs,
      String study,
      String metric,
      Epochs counted,
      int threads,
      int retries) {

    /** The place in a training that a segment ends at. */
    Until until(int place) {
      int each = counted.each();
      return place == TO_ITS_END ? Until.epoch(place) : new Until(place / each, place % each);
    }
  }

  TrialProcesses(ConfigFile file, Setting setting, SegmentWorkers workers, Watch watch) {
    this.file = file;
    this.setting = setting;
    this.workers = workers;
    this.watch = watch;
    this.onCancel = watch.cancellation().onCancel(workers::stop);
  }

  /** The run that a trial was before, unless its record is damaged; or a new one. */
  @Override
  public String run(Trial trial) throws IOException {
    if (trial.runId() == null) {
      return RunStore.newId();
    }
    String folder = folder(trial);
    try {
      if (isThere(folder)) {
        Run.open(folder);
      }
      return trial.runId();
    } catch (IOException damaged) {
      watch.line(
          "trial %s: begins anew, its run cannot be gone on with: %s"
              .formatted(trial.number(), damaged.getMessage()));
      return RunStore.newId();
    }
  }

  @Override
  public Outcome evaluate(Trial trial, int place) throws Exception {
    List<String> values = ConfigFile.settings(trial.assignment());
    String folder = folder(trial);
    Until until = setting.until(place);
    if (isThere(folder)) {
      awaitEnd(trial, folder);
      Run run = Run.open(folder);
      RunStatus status = run.record().status();
      if (status == RunStatus.FINISHED || status == RunStatus.PAUSED && run.hasReached(until)) {
        return outcome(trial, run);
      }
      checkCancelled(run);
      if (status == RunStatus.FAILED && !isDisk(run.record().reason())) {
        throw new ForeseenException(run.record().reason());
      }
    }
    String dataset = dataset(trial, file.with(values).read(Search.NEEDS));
    String before = null;
    for (int attempt = 1; ; attempt++) {
      int share = setting.threads();
      if (isThere(folder)) {
        // As many as it began with: their number shows in the last bits of sums.
        share = Run.open(folder).record().train().machine().threads();
      }
      List<String> settings = new ArrayList<>(values);
      settings.add("train.threads=" + share);
      settings.add("train.repeats=1");
      WorkerMessage.Request request =
          new WorkerMessage.Request(
              settings,
              dataset,
              trial.runId(),
              new RunSeries.Origin(setting.study(), trial.number(), trial.assignment()),
              until,
              before);
      try {
        return outcome(trial, train(trial, request));
      } catch (WorkerEndException e) {
        checkStopped(trial, e.exit() == null || e.exit().isTold());
        if (e.exit() != null && isThere(folder)) {
          Run.open(folder).settled(e.exit());
        }
        if (attempt > setting.retries()) {
          throw new ForeseenException(
              "Cannot finish trial %s: %s (%s)"
                  .formatted(trial.number(), e.getMessage(), times(attempt)));
        }
        before = "attempt %s: %s".formatted(attempt, e.getMessage());
        watch.line("trial %s: tried again: %s".formatted(trial.number(), e.getMessage()));
      }
    }
  }

  /**
   * Has a segment trained. That no worker can be started now (memory is short for a moment) is not
   * the trial's fault, and costs none of its attempts.
   *
   * @throws SearchException when none can be started for a while
   */
  private WorkerMessage.Answer train(Trial trial, WorkerMessage.Request request)
      throws WorkerEndException, IOException, InterruptedException {
    for (int left = STARTS - 1; ; left--) {
      try {
        return workers.train(request);
      } catch (WorkerStartException e) {
        if (workers.isStopped() || watch.isCancelled()) {
          throw stopped(trial);
        } else if (left == 0) {
          throw new SearchException(
              "Cannot go on with study %s: %s; once that is mended the same command goes on"
                  .formatted(setting.study(), e.getMessage()));
        }
        watch.line("trial %s: tried again: %s".formatted(trial.number(), e.getMessage()));
        TimeUnit.SECONDS.sleep(1);
      }
    }
  }

  private static String times(int attempts) {
    return attempts == 1 ? "tried once" : "tried %s times".formatted(attempts);
  }

  /**
   * Tells a worker that died from one that was ended together with this process: a person's Ctrl-C
   * reaches all, and none in an order that is known.
   *
   * @param wasTold whether the worker may have ended since it was told to
   */
  private void checkStopped(Trial trial, boolean wasTold) throws InterruptedException {
    for (int tenth = wasTold ? 10 * SIGNAL_SECONDS : 0; tenth >= 0; tenth--) {
      if (workers.isStopped() || watch.isCancelled()) {
        throw stopped(trial);
      }
      TimeUnit.MILLISECONDS.sleep(tenth == 0 ? 0 : 100);
    }
  }

  private String dataset(Trial trial, AlmanacConfig config) throws Exception {
    try {
      return setting.datasets().folder(config);
    } catch (CancelledException e) {
      throw stopped(trial);
    }
  }

  private String folder(Trial trial) {
    return Storage.resolve(setting.runs(), trial.runId());
  }

  private static boolean isThere(String folder) throws IOException {
    return Storage.exists(Storage.resolve(folder, RunRecord.FILE));
  }

  /** Waits for the process of an earlier search that is writing the run's state. */
  private void awaitEnd(Trial trial, String folder) throws IOException, InterruptedException {
    Optional<LeaseHolder> holder = Lease.holder(folder);
    for (int second = 0; holder.isPresent() && second < WAITING; second++) {
      if (watch.isCancelled()) {
        throw stopped(trial);
      }
      if (second == 0) {
        watch.line("trial %s: waiting for %s to end".formatted(trial.number(), holder.get()));
      }
      TimeUnit.SECONDS.sleep(1);
      holder = Lease.holder(folder);
    }
  }

  /** What came of a run so far. */
  private Outcome outcome(Trial trial, Run run) throws IOException {
    TrialRun made = new TrialRun(run, setting.metric(), setting.counted());
    Double value = made.value();
    if (value == null) {
      throw new ForeseenException(
          "Cannot compare trial %s: its run has no %s".formatted(trial.number(), setting.metric()));
    }
    boolean ended = run.record().status() == RunStatus.FINISHED;
    return new Outcome(made.reports(), ended, value, run.record().runId());
  }

  private Outcome outcome(Trial trial, WorkerMessage.Answer answer)
      throws IOException, InterruptedException, WorkerEndException, TrialCancelledException {
    switch (answer.ended()) {
      case TRAINED:
        return outcome(trial, Run.open(folder(trial)));
      case STOPPED:
        throw new WorkerEndException("its process was told to end", null);
      default:
        if (isDisk(answer.error())) {
          throw new SearchException(
              "Cannot go on with study %s: trial %s: %s; once that is mended the same command goes on"
                  .formatted(setting.study(), trial.number(), answer.error()));
        }
        if (isThere(folder(trial))) {
          checkCancelled(Run.open(folder(trial)));
        }
        throw new ForeseenException(answer.error());
    }
  }

  private static InterruptedException stopped(Trial trial) {
    return new InterruptedException(
        "Cannot finish trial %s: it was stopped; run the same command again to go on"
            .formatted(trial.number()));
  }

  private static void checkCancelled(Run run) throws TrialCancelledException {
    if (run.record().status() == RunStatus.CANCELLED) {
      throw new TrialCancelledException(run.record().reason());
    }
  }

  /** Whether a training ended since a disk is full or gone, which is no answer to its question. */
  private static boolean isDisk(String error) {
    return error != null && error.startsWith("Cannot write ");
  }

  @Override
  public void pruned(Trial trial) throws IOException {
    if (trial.runId() != null && isThere(folder(trial))) {
      Training.prune(Run.open(folder(trial)), trial.reason());
    }
  }

  @Override
  public void stop() {
    workers.stop();
  }

  @Override
  public void close() {
    onCancel.close();
    workers.close();
  }
}
