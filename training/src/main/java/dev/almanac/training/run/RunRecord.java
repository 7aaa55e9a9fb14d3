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
 * @param series the runs that it is one of; null when it stands alone
 * @param recipe what its weights come from
 * @param machine that did the work
 * @param files what the files that the run keeps must be, by their paths in its folder: those that
 *     nobody writes any more
 */
public record RunRecord(
    int formatVersion,
    String runId,
    State state,
    Series series,
    Recipe recipe,
    Machine machine,
    Outcome outcome,
    Map<String, FileHash> files) {

  public static final int FORMAT_VERSION = 4;
  public static final String FILE = "run.json";

  public RunRecord {
    series = Series.ALONE.equals(series) ? null : series;
    outcome = outcome == null ? Outcome.NONE : outcome;
    files = ordered(files);
  }

  /**
   * How far a run has come.
   *
   * @param reason why it failed, is lost, pruned or cancelled; null otherwise
   * @param created when, as an ISO-8601 instant in UTC
   * @param finished likewise; null unless it ended, and when nobody saw it end
   */
  public record State(RunStatus status, String reason, String created, String finished) {}

  /**
   * The runs that it is one of.
   *
   * @param group which of several repeats it is; null for a run of its own
   * @param trial of a search that made it; null when none did
   */
  public record Series(Group group, Origin trial) {
    /** Of none. */
    public static final Series ALONE = new Series(null, null);
  }

  /**
   * What weights come from.
   *
   * @param config the whole config as it was given, for people and for a rerun; may be null
   * @param columns what the model reads, in its order
   * @param parameters how many weights the model has
   */
  public record Recipe(
      DatasetReference dataset,
      JsonNode config,
      TrainConfig train,
      DatasetColumns columns,
      long parameters) {}

  /**
   * What did the work.
   *
   * @param device such as {@code cpu}
   * @param threads PyTorch's threads within an operation
   */
  public record Machine(String device, int threads, Versions versions) {}

  /**
   * What came of it.
   *
   * @param result null until it has finished
   * @param metrics of the model kept, by split ({@code validation}, {@code test}), in the label's
   *     unit
   * @param baselines by split and name
   */
  public record Outcome(
      Result result,
      Map<String, Map<String, Double>> metrics,
      Map<String, Map<String, Baseline>> baselines) {
    static final Outcome NONE = new Outcome(null, Map.of(), Map.of());

    public Outcome {
      metrics = ordered(metrics);
      baselines = ordered(baselines);
    }

    private Outcome withResult(Result changed) {
      return new Outcome(changed, metrics, baselines);
    }
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
   * @param speed from the first step to the last validation
   * @param waitShare the share of training in which training waited for rows to be read
   * @param shuffle how well the rows of the first epoch were mixed; may be null
   */
  public record Result(
      int epochs,
      int bestEpoch,
      boolean stoppedEarly,
      double trainLoss,
      Double validationLoss,
      Speed speed,
      double waitShare,
      ShuffleQuality shuffle) {
    public Result mixed(ShuffleQuality measured) {
      return new Result(
          epochs, bestEpoch, stoppedEarly, trainLoss, validationLoss, speed, waitShare, measured);
    }
  }

  /** How good a simple model is on the same rows, and what it is. */
  public record Baseline(String description, Map<String, Double> metrics) {
    public Baseline {
      metrics = ordered(metrics);
    }
  }

  public RunStatus status() {
    return state.status;
  }

  /** Why it failed, is lost, pruned or cancelled; null otherwise. */
  public String reason() {
    return state.reason;
  }

  public String created() {
    return state.created;
  }

  /** Null while it runs. */
  public String finished() {
    return state.finished;
  }

  /** Null for a run of its own. */
  public Group group() {
    return series == null ? null : series.group;
  }

  /** Null when no search made it. */
  public Origin trial() {
    return series == null ? null : series.trial;
  }

  public DatasetReference dataset() {
    return recipe.dataset;
  }

  /** May be null. */
  public JsonNode config() {
    return recipe.config;
  }

  public TrainConfig train() {
    return recipe.train;
  }

  public DatasetColumns columns() {
    return recipe.columns;
  }

  public long parameters() {
    return recipe.parameters;
  }

  public String device() {
    return machine.device;
  }

  public int threads() {
    return machine.threads;
  }

  public Versions versions() {
    return machine.versions;
  }

  /** Null until it has finished. */
  public Result result() {
    return outcome.result;
  }

  public Map<String, Map<String, Double>> metrics() {
    return outcome.metrics;
  }

  public Map<String, Map<String, Baseline>> baselines() {
    return outcome.baselines;
  }

  /** Keys that every run has and this record does not. */
  List<String> missing() {
    Map<String, Object> needed = new LinkedHashMap<>();
    needed.put("run-id", runId);
    needed.put("state.status", state == null ? null : state.status);
    needed.put("state.created", state == null ? null : state.created);
    needed.put("recipe.dataset", recipe == null ? null : recipe.dataset);
    needed.put("recipe.train", recipe == null ? null : recipe.train);
    needed.put("recipe.columns", recipe == null ? null : recipe.columns);
    needed.put("machine.device", machine == null ? null : machine.device);
    needed.put("machine.versions", machine == null ? null : machine.versions);
    boolean finished = state != null && state.status == RunStatus.FINISHED;
    needed.put("outcome.result", finished ? outcome.result : "");
    return needed.entrySet().stream()
        .filter(key -> key.getValue() == null)
        .map(Map.Entry::getKey)
        .toList();
  }

  public RunRecord finished(String when, Result how, Map<String, Double> validation) {
    Map<String, Map<String, Double>> values = new LinkedHashMap<>(outcome.metrics);
    if (!validation.isEmpty()) {
      values.put("validation", validation);
    }
    return with(
        ended(RunStatus.FINISHED, null, when), new Outcome(how, values, outcome.baselines), files);
  }

  public RunRecord stopped() {
    return with(ended(RunStatus.STOPPED, null, state.finished), outcome, files);
  }

  /** It waits to be promoted. */
  public RunRecord paused() {
    return with(ended(RunStatus.PAUSED, null, state.finished), outcome, files);
  }

  /**
   * Its search has ended it for good.
   *
   * @param why for a person, such as {@code median: worse than 6 of 8 trials after epoch 4}
   * @param validation metrics of its best epoch; empty when it had none
   */
  public RunRecord pruned(String when, String why, Map<String, Double> validation) {
    return over(RunStatus.PRUNED, when, why, validation);
  }

  /** A person or its search has ended it for good; as {@link #pruned}. */
  public RunRecord cancelled(String when, String why, Map<String, Double> validation) {
    return over(RunStatus.CANCELLED, when, why, validation);
  }

  private RunRecord over(
      RunStatus status, String when, String why, Map<String, Double> validation) {
    Map<String, Map<String, Double>> values = new LinkedHashMap<>(outcome.metrics);
    if (!validation.isEmpty()) {
      values.put("validation", ordered(validation));
    }
    return with(ended(status, why, when), new Outcome(null, values, outcome.baselines), files);
  }

  public RunRecord resumed() {
    return with(ended(RunStatus.RUNNING, null, null), outcome.withResult(null), files)
        .withoutFiles(Run.EPOCHS)
        .withoutFiles(Run.LOG);
  }

  RunRecord lost(String why) {
    return with(ended(RunStatus.LOST, why, state.finished), outcome, files);
  }

  public RunRecord failed(String when, String why) {
    return with(ended(RunStatus.FAILED, why, when), outcome.withResult(null), files);
  }

  private State ended(RunStatus status, String reason, String when) {
    return new State(status, reason, state.created, when);
  }

  public RunRecord evaluated(
      String split, Map<String, Double> values, Map<String, Baseline> compared) {
    Map<String, Map<String, Double>> metrics = new LinkedHashMap<>(outcome.metrics);
    metrics.put(split, ordered(values));
    Map<String, Map<String, Baseline>> baselines = new LinkedHashMap<>(outcome.baselines);
    baselines.put(split, ordered(compared));
    return with(state, new Outcome(outcome.result, metrics, baselines), files);
  }

  /** The same, when these files are there and are these. */
  public RunRecord withFiles(Map<String, FileHash> more) {
    Map<String, FileHash> all = new TreeMap<>(files);
    all.putAll(more);
    return with(state, outcome, all);
  }

  /** The same, when a file or what is in a folder is about to change. */
  public RunRecord withoutFiles(String path) {
    Map<String, FileHash> others = new TreeMap<>(files);
    others.keySet().removeIf(file -> file.equals(path) || file.startsWith(path + "/"));
    return with(state, outcome, others);
  }

  private RunRecord with(State changed, Outcome came, Map<String, FileHash> kept) {
    return new RunRecord(formatVersion, runId, changed, series, recipe, machine, came, kept);
  }

  private static <V> Map<String, V> ordered(Map<String, V> map) {
    return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
