package dev.almanac.pipelines.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.training.search.Objective;
import dev.almanac.training.search.Trial;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.ForeseenException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Trains each trial in a Java process of its own, since PyTorch's gradients are one to a process:
 * this program's {@code train} with the same class path and flags, on one GPU where there are some.
 *
 * <p>Processes never outlive this one: they are killed when it ends or the trial's thread is
 * interrupted, and end by themselves when it is killed outright. Thread-safe.
 */
final class TrialProcesses implements Objective, AutoCloseable {
  /** Flags that belong to one process alone: debuggers, agents, archives being written. */
  private static final List<String> OWN_FLAGS =
      List.of("-agentlib:", "-agentpath:", "-javaagent:", "-Xrunjdwp", "-XX:ArchiveClassesAtExit");

  /** How a JVM ends on SIGINT (a person's Ctrl-C reaches all its processes) and on SIGTERM. */
  private static final Set<Integer> STOPPED = Set.of(130, 143);

  /** Bytes: enough of an error to see what it is about. */
  private static final int ERRORS = 2000;

  /** Bytes: many times what a result takes. */
  private static final int RESULT = 1 << 20;

  private final Command command;
  private final StudyDatasets datasets;
  private final String metric;
  private final int threads;
  private final TrialDevices devices;
  private final Set<Process> running = ConcurrentHashMap.newKeySet();
  private final Thread hook = new Thread(this::kill, "kill-trials");
  private volatile boolean stopping;

  TrialProcesses(
      Command command, StudyDatasets datasets, String metric, int threads, TrialDevices devices) {
    this.command = command;
    this.datasets = datasets;
    this.metric = metric;
    this.threads = threads;
    this.devices = devices;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public Outcome evaluate(Trial trial) throws Exception {
    List<String> overrides = new ArrayList<>(SearchStage.overrides(trial.assignment()));
    AlmanacConfig config = command.configWith(overrides);
    overrides.add("train.threads=" + threads);
    overrides.add("train.repeats=1");
    String dataset = datasets.folder(config);
    String device = devices.take();
    try {
      Process process = start(overrides, dataset, device);
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

  @Override
  public void close() {
    kill();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // The hook itself is at work.
    }
  }

  private Process start(List<String> overrides, String dataset, String device) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (OWN_FLAGS.stream().noneMatch(flag::startsWith)) {
        line.add(flag);
      }
    }
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    line.addAll(List.of("train", command.file(), "--json", "--exit-with-parent"));
    line.addAll(List.of("--dataset", dataset, "--trust-dataset"));
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
          "Cannot finish trial %d: it was stopped; run the same command again to go on"
              .formatted(trial.number()));
    }
    String json = output.text();
    JsonNode result = json.isEmpty() ? null : Json.tree(json, "trial " + trial.number());
    if (status != 0 || result == null) {
      throw new ForeseenException(
          result != null && result.has("error")
              ? result.get("error").textValue()
              : "Cannot finish trial %d: its process ended with status %d: %s"
                  .formatted(trial.number(), status, errors.text()));
    }
    JsonNode value = result.get("metrics");
    for (String key : metric.split("\\.")) {
      value = value.path(key);
    }
    if (!value.isNumber()) {
      throw new ForeseenException(
          "Cannot compare trial %d: its run has no %s".formatted(trial.number(), metric));
    }
    return new Outcome(value.doubleValue(), result.get("run-id").textValue());
  }

  private void kill() {
    stopping = true;
    running.forEach(TrialProcesses::kill);
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
