package dev.almanac.training.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.data.shuffle.ShuffleQuality;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.manifest.FileHash;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code run.json}: what a run was made from, how it went and what it is worth.
 *
 * @param formatVersion of this file; this code writes and reads {@value #FORMAT_VERSION}
 * @param reason why it failed or is lost; null otherwise
 * @param group which of several repeats it is; null for a run of its own
 * @param trial of a search that made it; null when none did
 * @param created when, as an ISO-8601 instant in UTC
 * @param finished likewise; null while it runs
 * @param config the whole config as it was given, for people and for a rerun; may be null
 * @param device that did the work, such as {@code cpu}
 * @param threads PyTorch's threads within an operation
 * @param columns what the model reads, in its order
 * @param parameters how many weights the model has
 * @param result null until it has finished
 * @param metrics of the model kept, by split ({@code validation}, {@code test}), in the label's
 *     unit
 * @param baselines by split and name
 * @param files what the files that the run keeps must be, by their paths in its folder: those that
 *     nobody writes any more
 */
public record RunRecord(
    int formatVersion,
    String runId,
    RunStatus status,
    String reason,
    Group group,
    Origin trial,
    String created,
    String finished,
    DatasetReference dataset,
    JsonNode config,
    TrainConfig train,
    String device,
    int threads,
    Versions versions,
    DatasetColumns columns,
    long parameters,
    Result result,
    Map<String, Map<String, Double>> metrics,
    Map<String, Map<String, Baseline>> baselines,
    Map<String, FileHash> files) {

  public static final int FORMAT_VERSION = 4;
  public static final String FILE = "run.json";

  public RunRecord {
    metrics = ordered(metrics);
    baselines = ordered(baselines);
    files = ordered(files);
  }

  /**
   * A place among the runs that differ in their seeds alone.
   *
   * @param id the same for all of them
   * @param number from 1
   * @param size how many were asked for
   */
  public record Group(String id, int number, int size) {}

  /**
   * The trial of a search that made a run.
   *
   * @param study the study's name
   * @param number of the trial, from 0
   * @param assignment the value of each config path that the trial set
   */
  public record Origin(String study, int number, Map<String, JsonNode> assignment) {
    public Origin {
      assignment = ordered(assignment);
    }
  }

  /** The dataset that a run read. */
  public record DatasetReference(String path, String name, String hash, String transformHash) {}

  /** The programs that did it. */
  public record Versions(
      String almanac, String gitCommit, String java, String djl, String pytorch, String os) {}

  /**
   * How training ended.
   *
   * @param epochs passes made
   * @param bestEpoch the pass whose weights were kept, from 1
   * @param stoppedEarly whether patience ended it before all passes were made
   * @param trainLoss of the best epoch
   * @param validationLoss likewise; null without validation rows
   * @param seconds from the first step to the last validation
   * @param rowsPerSecond rows trained on in a second, validation apart
   * @param waitShare the share of that time in which training waited for rows to be read
   * @param shuffle how well the rows of the first epoch were mixed; may be null
   */
  public record Result(
      int epochs,
      int bestEpoch,
      boolean stoppedEarly,
      double trainLoss,
      Double validationLoss,
      double seconds,
      double rowsPerSecond,
      double waitShare,
      ShuffleQuality shuffle) {
    public Result mixed(ShuffleQuality measured) {
      return new Result(
          epochs,
          bestEpoch,
          stoppedEarly,
          trainLoss,
          validationLoss,
          seconds,
          rowsPerSecond,
          waitShare,
          measured);
    }
  }

  /** How good a simple model is on the same rows, and what it is. */
  public record Baseline(String description, Map<String, Double> metrics) {
    public Baseline {
      metrics = ordered(metrics);
    }
  }

  /** Keys that every run has and this record does not. */
  List<String> missing() {
    Map<String, Object> needed = new LinkedHashMap<>();
    needed.put("run-id", runId);
    needed.put("status", status);
    needed.put("created", created);
    needed.put("dataset", dataset);
    needed.put("train", train);
    needed.put("device", device);
    needed.put("versions", versions);
    needed.put("columns", columns);
    needed.put("result", status == RunStatus.FINISHED ? result : "");
    return needed.entrySet().stream()
        .filter(key -> key.getValue() == null)
        .map(Map.Entry::getKey)
        .toList();
  }

  public RunRecord finished(String when, Result how, Map<String, Double> validation) {
    Map<String, Map<String, Double>> values = new LinkedHashMap<>(metrics);
    if (!validation.isEmpty()) {
      values.put("validation", validation);
    }
    return with(RunStatus.FINISHED, null, when, how, values, baselines);
  }

  public RunRecord stopped() {
    return with(RunStatus.STOPPED, null, finished, result, metrics, baselines);
  }

  public RunRecord resumed() {
    return with(RunStatus.RUNNING, null, null, null, metrics, baselines)
        .withoutFiles(Run.EPOCHS)
        .withoutFiles(Run.LOG);
  }

  RunRecord lost(String why) {
    return with(RunStatus.LOST, why, finished, result, metrics, baselines);
  }

  public RunRecord failed(String when, String why) {
    return with(RunStatus.FAILED, why, when, null, metrics, baselines);
  }

  public RunRecord evaluated(
      String split, Map<String, Double> values, Map<String, Baseline> compared) {
    Map<String, Map<String, Double>> allMetrics = new LinkedHashMap<>(metrics);
    allMetrics.put(split, ordered(values));
    Map<String, Map<String, Baseline>> allBaselines = new LinkedHashMap<>(baselines);
    allBaselines.put(split, ordered(compared));
    return with(status, reason, finished, result, allMetrics, allBaselines);
  }

  /** The same, when these files are there and are these. */
  public RunRecord withFiles(Map<String, FileHash> more) {
    Map<String, FileHash> all = new TreeMap<>(files);
    all.putAll(more);
    return with(all);
  }

  /** The same, when a file or what is in a folder is about to change. */
  public RunRecord withoutFiles(String path) {
    Map<String, FileHash> others = new TreeMap<>(files);
    others.keySet().removeIf(file -> file.equals(path) || file.startsWith(path + "/"));
    return with(others);
  }

  private RunRecord with(Map<String, FileHash> others) {
    return with(status, reason, finished, result, metrics, baselines, others);
  }

  private RunRecord with(
      RunStatus status,
      String reason,
      String finished,
      Result result,
      Map<String, Map<String, Double>> metrics,
      Map<String, Map<String, Baseline>> baselines) {
    return with(status, reason, finished, result, metrics, baselines, files);
  }

  private RunRecord with(
      RunStatus status,
      String reason,
      String finished,
      Result result,
      Map<String, Map<String, Double>> metrics,
      Map<String, Map<String, Baseline>> baselines,
      Map<String, FileHash> files) {
    return new RunRecord(
        formatVersion,
        runId,
        status,
        reason,
        group,
        trial,
        created,
        finished,
        dataset,
        config,
        train,
        device,
        threads,
        versions,
        columns,
        parameters,
        result,
        metrics,
        baselines,
        files);
  }

  private static <V> Map<String, V> ordered(Map<String, V> map) {
    return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
