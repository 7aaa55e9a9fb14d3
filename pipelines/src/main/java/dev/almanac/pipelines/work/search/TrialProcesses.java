package dev.almanac.pipelines.work.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.work.Cancellation;
import dev.almanac.pipelines.work.CancelledException;
import dev.almanac.pipelines.work.ConfigFile;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.process.ChildProcess;
import dev.almanac.pipelines.work.process.ChildProcesses;
import dev.almanac.training.lease.Lease;
import dev.almanac.training.lease.LeaseHolder;
import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.ExitStatus;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.run.RunSeries;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.RunStore;
import dev.almanac.training.search.Objective;
import dev.almanac.training.search.space.SearchException;
import dev.almanac.training.search.trial.Report;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Trains each trial in a process of its own, since PyTorch's gradients are one to a process, on one
 * GPU where there are some.
 *
 * <p>Processes never outlive the search: cancelled, it lets them write their state first; they are
 * killed when a trial's thread is interrupted, and end by themselves when this process is killed
 * outright. A trial that was under way in an earlier process goes on as the run that it was, or has
 * ended already. Thread-safe.
 */
final class TrialProcesses implements Objective, AutoCloseable {
  /** How a JVM ends on SIGINT (a person's Ctrl-C reaches all its processes) and on SIGTERM. */
  private static final Set<Integer> STOPPED = Set.of(130, 143);

  /** Seconds: longer than a training of an earlier search may take to end. */
  private static final int WAITING = 90;

  private final Search search;
  private final Setting setting;
  private final Watch watch;
  private final ChildProcesses processes = new ChildProcesses();
  private final Cancellation.Handle onCancel;

  /**
   * What all trials share.
   *
   * @param runs the folder of their runs
   * @param threads of each
   */
  record Setting(
      StudyDatasets datasets,
      String runs,
      String study,
      String metric,
      int threads,
      TrialDevices devices) {}

  TrialProcesses(Search search, Setting setting, Watch watch) {
    this.search = search;
    this.setting = setting;
    this.watch = watch;
    this.onCancel = watch.cancellation().onCancel(processes::stop);
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
  public Outcome evaluate(Trial trial, int untilEpoch) throws Exception {
    List<String> values = ConfigFile.settings(trial.assignment());
    AlmanacConfig config = search.file().with(values).read(Search.NEEDS);
    String folder = folder(trial);
    boolean isThere = isThere(folder);
    int share = setting.threads();
    if (isThere) {
      awaitEnd(trial, folder);
      Run run = Run.open(folder);
      RunRecord before = run.record();
      if (before.status() == RunStatus.FINISHED) {
        watch.line("trial %s: its run had finished".formatted(trial.number()));
        return outcome(trial, run);
      } else if (before.status() == RunStatus.FAILED && !isDisk(before.reason())) {
        throw new ForeseenException(before.reason());
      }
      share = before.train().machine().threads();
    }
    List<String> overrides = new ArrayList<>(values);
    overrides.add("train.threads=" + share);
    overrides.add("train.repeats=1");
    ConfigFile asked = search.file().with(overrides);
    TrialRequest request =
        isThere
            ? TrialRequest.goingOn(asked, search.engine(), folder)
            : TrialRequest.of(
                asked,
                search.engine(),
                dataset(trial, config),
                trial.runId(),
                new RunSeries.Origin(setting.study(), trial.number(), trial.assignment()));
    return train(trial, request);
  }

  private String dataset(Trial trial, AlmanacConfig config) throws Exception {
    try {
      return setting.datasets().folder(config);
    } catch (CancelledException e) {
      throw stopped(trial);
    }
  }

  private Outcome train(Trial trial, TrialRequest request) throws Exception {
    String device = setting.devices().take();
    try (ChildProcess process =
        processes.start(
            search.starter().command(request),
            device == null ? Map.of() : Map.of(TrialDevices.VISIBLE, device))) {
      return outcome(trial, process.await());
    } finally {
      setting.devices().release(device);
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

  /** What came of a run that has finished. */
  private Outcome outcome(Trial trial, Run run) throws IOException {
    String metric = setting.metric();
    int dot = metric.indexOf('.');
    String key = metric.substring(dot + 1);
    Double value = run.record().metrics().getOrDefault(metric.substring(0, dot), Map.of()).get(key);
    if (value == null) {
      throw new ForeseenException(
          "Cannot compare trial %s: its run has no %s".formatted(trial.number(), metric));
    }
    return new Outcome(reports(run, key), true, value, run.record().runId());
  }

  /** A report an epoch, of the weights that would be kept: those of the best so far. */
  private static List<Report> reports(Run run, String key) throws IOException {
    List<Report> reports = new ArrayList<>();
    Double kept = null;
    for (EpochRecord epoch : run.epochs()) {
      Double now = epoch.validation().get(key);
      kept = epoch.best() ? now : kept;
      if (kept != null) {
        reports.add(new Report(epoch.epoch(), kept));
      }
    }
    return reports;
  }

  private Outcome outcome(Trial trial, ChildProcess.Ended ended) throws Exception {
    if (processes.areStopped() || STOPPED.contains(ended.status())) {
      throw stopped(trial);
    }
    JsonNode result =
        ended.output().isEmpty() ? null : Json.tree(ended.output(), "trial " + trial.number());
    if (ended.status() != 0 || result == null) {
      String error;
      if (result != null && result.has("error")) {
        error = result.get("error").textValue();
      } else {
        ExitStatus exit = new ExitStatus(ended.status());
        error =
            "Cannot finish trial %s: its process ended with %s: %s"
                .formatted(trial.number(), exit, ended.errors());
        if (isThere(folder(trial))) {
          Run.open(folder(trial)).settled(exit);
        }
      }
      if (isDisk(error)) {
        throw new SearchException(
            "Cannot go on with study %s: trial %s: %s; once that is mended the same command goes on"
                .formatted(setting.study(), trial.number(), error));
      }
      throw new ForeseenException(error);
    }
    return outcome(trial, Run.open(folder(trial)));
  }

  private static InterruptedException stopped(Trial trial) {
    return new InterruptedException(
        "Cannot finish trial %s: it was stopped; run the same command again to go on"
            .formatted(trial.number()));
  }

  /** Whether a training ended since a disk is full or gone, which is no answer to its question. */
  private static boolean isDisk(String error) {
    return error != null && error.startsWith("Cannot write ");
  }

  @Override
  public void close() {
    onCancel.close();
    processes.kill();
  }
}
