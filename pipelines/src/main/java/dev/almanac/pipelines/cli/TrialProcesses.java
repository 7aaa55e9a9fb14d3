package dev.almanac.pipelines.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.work.process.Drain;
import dev.almanac.pipelines.work.search.StudyDatasets;
import dev.almanac.pipelines.work.search.TrialDevices;
import dev.almanac.training.lease.Lease;
import dev.almanac.training.lease.LeaseHolder;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.RunStore;
import dev.almanac.training.search.Objective;
import dev.almanac.training.search.Trial;
import dev.almanac.training.search.space.SearchException;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Trains each trial in a Java process of its own, since PyTorch's gradients are one to a process:
 * this program's {@code train} with the same class path and flags, on one GPU where there are some.
 *
 * <p>Processes never outlive this one: told to end, it lets them write their state first; they are
 * killed when a trial's thread is interrupted, and end by themselves when it is killed outright. A
 * trial that was under way in an earlier process goes on as the run that it was, or has ended
 * already. Thread-safe.
 */
final class TrialProcesses implements Objective, AutoCloseable {
  /** Flags that belong to one process alone: debuggers, agents, archives being written. */
  private static final List<String> OWN_FLAGS =
      List.of("-agentlib:", "-agentpath:", "-javaagent:", "-Xrunjdwp", "-XX:ArchiveClassesAtExit");

  /** How a JVM ends on SIGINT (a person's Ctrl-C reaches all its processes) and on SIGTERM. */
  private static final Set<Integer> STOPPED = Set.of(130, 143);

  /** Bytes: enough of an error to see what it is about. */
  private static final int ERRORS = 2000;

  /** Seconds: a training that is told to end takes a step and writes its state. */
  private static final int STOPPING = 60;

  /** Seconds: longer than a training of an earlier search may take to end. */
  private static final int WAITING = 90;

  /** Bytes: many times what a result takes. */
  private static final int RESULT = 1 << 20;

  private final Command command;
  private final StudyDatasets datasets;
  private final String runs;
  private final String study;
  private final String metric;
  private final int threads;
  private final TrialDevices devices;
  private final Set<Process> running = ConcurrentHashMap.newKeySet();
  private final Thread hook = new Thread(this::stop, "stop-trials");
  private volatile boolean stopping;

  TrialProcesses(
      Command command,
      StudyDatasets datasets,
      String runs,
      String study,
      String metric,
      int threads,
      TrialDevices devices) {
    this.command = command;
    this.datasets = datasets;
    this.runs = runs;
    this.study = study;
    this.metric = metric;
    this.threads = threads;
    this.devices = devices;
    Runtime.getRuntime().addShutdownHook(hook);
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
      command
          .console()
          .line(
              "trial %s: begins anew, its run cannot be gone on with: %s"
                  .formatted(trial.number(), damaged.getMessage()));
      return RunStore.newId();
    }
  }

  @Override
  public Outcome evaluate(Trial trial) throws Exception {
    List<String> overrides = new ArrayList<>(SearchStage.overrides(trial.assignment()));
    AlmanacConfig config = command.configWith(overrides);
    String folder = folder(trial);
    boolean isThere = isThere(folder);
    int share = threads;
    if (isThere) {
      awaitEnd(trial, folder);
      RunRecord before = Run.open(folder).record();
      if (before.status() == RunStatus.FINISHED) {
        command.console().line("trial %s: its run had finished".formatted(trial.number()));
        return adopted(trial, before);
      } else if (before.status() == RunStatus.FAILED && !isDisk(before.reason())) {
        throw new ForeseenException(before.reason());
      }
      share = before.train().machine().threads();
    }
    overrides.add("train.threads=" + share);
    overrides.add("train.repeats=1");
    List<String> what = new ArrayList<>();
    if (isThere) {
      what.addAll(List.of("--resume", folder));
    } else {
      RunRecord.Origin origin = new RunRecord.Origin(study, trial.number(), trial.assignment());
      what.addAll(List.of("--dataset", datasets.folder(config), "--trust-dataset"));
      what.addAll(List.of("--run-id", trial.runId(), "--trial", Json.line(origin)));
    }
    String device = devices.take();
    try {
      Process process = start(overrides, what, device);
      try {
        return outcome(trial, process);
      } finally {
        kill(process);
        running.remove(process);
      }
    } finally {
      devices.release(device);
    }
  }

  private String folder(Trial trial) {
    return Storage.resolve(runs, trial.runId());
  }

  private static boolean isThere(String folder) throws IOException {
    return Storage.exists(Storage.resolve(folder, RunRecord.FILE));
  }

  /** Waits for the process of an earlier search that is writing the run's state. */
  private void awaitEnd(Trial trial, String folder) throws IOException, InterruptedException {
    Optional<LeaseHolder> holder = Lease.holder(folder);
    for (int second = 0; holder.isPresent() && second < WAITING; second++) {
      if (second == 0) {
        command
            .console()
            .line("trial %s: waiting for %s to end".formatted(trial.number(), holder.get()));
      }
      TimeUnit.SECONDS.sleep(1);
      holder = Lease.holder(folder);
    }
  }

  /** The answer of a run that ended when nobody heard it any more. */
  private Outcome adopted(Trial trial, RunRecord record) throws IOException {
    int dot = metric.indexOf('.');
    Double value =
        record
            .metrics()
            .getOrDefault(metric.substring(0, dot), Map.of())
            .get(metric.substring(dot + 1));
    if (value == null) {
      throw new ForeseenException(
          "Cannot compare trial %s: its run has no %s".formatted(trial.number(), metric));
    }
    return new Outcome(value, record.runId());
  }

  @Override
  public void close() {
    kill();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // The hook itself is at work.
    }
  }

  private Process start(List<String> overrides, List<String> what, String device) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (OWN_FLAGS.stream().noneMatch(flag::startsWith)) {
        line.add(flag);
      }
    }
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    line.addAll(List.of("train", command.file(), "--json", "--exit-with-parent"));
    line.addAll(what);
    command.overrides().forEach(override -> line.addAll(List.of("--set", override)));
    overrides.forEach(override -> line.addAll(List.of("--set", override)));
    line.add("--");
    line.addAll(command.session().beam());
    ProcessBuilder builder = new ProcessBuilder(line);
    if (device != null) {
      builder.environment().put(TrialDevices.VISIBLE, device);
    }
    Process process = builder.start();
    running.add(process);
    if (stopping) {
      kill(process);
    }
    return process;
  }

  private Outcome outcome(Trial trial, Process process) throws Exception {
    Drain errors = new Drain(process.getErrorStream(), ERRORS, "trial-errors");
    Drain output = new Drain(process.getInputStream(), RESULT, "trial-result");
    int status = process.waitFor();
    if (stopping || STOPPED.contains(status)) {
      throw new InterruptedException(
          "Cannot finish trial %s: it was stopped; run the same command again to go on"
              .formatted(trial.number()));
    }
    String json = output.text();
    JsonNode result = json.isEmpty() ? null : Json.tree(json, "trial " + trial.number());
    if (status != 0 || result == null) {
      String error =
          result != null && result.has("error")
              ? result.get("error").textValue()
              : "Cannot finish trial %s: its process ended with status %s: %s"
                  .formatted(trial.number(), status, errors.text());
      if (isDisk(error)) {
        throw new SearchException(
            "Cannot go on with study %s: trial %s: %s; once that is mended the same command goes on"
                .formatted(study, trial.number(), error));
      }
      throw new ForeseenException(error);
    }
    JsonNode value = result.get("metrics");
    for (String key : metric.split("\\.")) {
      value = value.path(key);
    }
    if (!value.isNumber()) {
      throw new ForeseenException(
          "Cannot compare trial %s: its run has no %s".formatted(trial.number(), metric));
    }
    return new Outcome(value.doubleValue(), result.get("run-id").textValue());
  }

  /** Whether a training ended since a disk is full or gone, which is no answer to its question. */
  private static boolean isDisk(String error) {
    return error != null && error.startsWith("Cannot write ");
  }

  private void kill() {
    stopping = true;
    running.forEach(TrialProcesses::kill);
  }

  /** Lets trainings write their state: the next search goes on where they are. */
  private void stop() {
    stopping = true;
    running.forEach(Process::destroy);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOPPING);
    try {
      for (Process process : running) {
        process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    kill();
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
