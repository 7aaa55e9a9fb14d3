package dev.almanac.training.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.config.TrainConfig;
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
    RunState state,
    RunSeries series,
    RunRecipe recipe,
    RunMachine machine,
    RunOutcome outcome,
    Map<String, FileHash> files) {

  public static final int FORMAT_VERSION = 5;
  public static final String FILE = "run.json";

  public RunRecord {
    series = RunSeries.ALONE.equals(series) ? null : series;
    outcome = outcome == null ? RunOutcome.NONE : outcome;
    files = ordered(files);
  }

  public RunStatus status() {
    return state.status();
  }

  /** Why it failed, is lost, pruned or cancelled; null otherwise. */
  public String reason() {
    return state.reason();
  }

  public String created() {
    return state.created();
  }

  /** Null while it runs. */
  public String finished() {
    return state.finished();
  }

  /** Null for a run of its own. */
  public RunSeries.Group group() {
    return series == null ? null : series.group();
  }

  /** Null when no search made it. */
  public RunSeries.Origin trial() {
    return series == null ? null : series.trial();
  }

  public RunRecipe.DatasetReference dataset() {
    return recipe.dataset();
  }

  /** May be null. */
  public JsonNode config() {
    return recipe.config();
  }

  public TrainConfig train() {
    return recipe.train();
  }

  public DatasetColumns columns() {
    return recipe.columns();
  }

  public long parameters() {
    return recipe.parameters();
  }

  public RunCode code() {
    return recipe.code();
  }

  /** Whether its model is the mean of other runs' models. */
  public boolean isEnsemble() {
    return recipe.members() != null;
  }

  public String device() {
    return machine.device();
  }

  public int threads() {
    return machine.threads();
  }

  public RunMachine.Versions versions() {
    return machine.versions();
  }

  /** Null until it has finished, and of an ensemble. */
  public RunOutcome.Result result() {
    return outcome.result();
  }

  public Map<String, Map<String, Double>> metrics() {
    return outcome.metrics();
  }

  public Map<String, Map<String, RunOutcome.Baseline>> baselines() {
    return outcome.baselines();
  }

  /** Keys that every run has and this record does not. */
  List<String> missing() {
    Map<String, Object> needed = new LinkedHashMap<>();
    needed.put("run-id", runId);
    needed.put("state.status", state == null ? null : state.status());
    needed.put("state.created", state == null ? null : state.created());
    needed.put("recipe.dataset", recipe == null ? null : recipe.dataset());
    needed.put("recipe.train", recipe == null ? null : recipe.train());
    needed.put("recipe.columns", recipe == null ? null : recipe.columns());
    needed.put("recipe.code", recipe == null ? null : recipe.code());
    needed.put("machine.device", machine == null ? null : machine.device());
    needed.put("machine.versions", machine == null ? null : machine.versions());
    boolean trained =
        state != null
            && state.status() == RunStatus.FINISHED
            && recipe != null
            && recipe.members() == null;
    needed.put("outcome.result", trained ? outcome.result() : "");
    return needed.entrySet().stream()
        .filter(key -> key.getValue() == null)
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * @param how null of an ensemble
   */
  public RunRecord finished(String when, RunOutcome.Result how, Map<String, Double> validation) {
    return with(
        state.ended(RunStatus.FINISHED, when, null), outcome.trained(how, validation), files);
  }

  public RunRecord stopped() {
    return with(state.resting(RunStatus.STOPPED), outcome, files);
  }

  /**
   * It waits to be promoted.
   *
   * @param validation metrics of the weights that it would keep now; empty without such rows
   */
  public RunRecord paused(Map<String, Double> validation) {
    return with(state.resting(RunStatus.PAUSED), outcome.trained(null, validation), files);
  }

  /**
   * Its search has ended it for good.
   *
   * @param why for a person, such as {@code median: worse than 6 of 8 trials after epoch 4}
   */
  public RunRecord pruned(String when, String why) {
    return with(state.ended(RunStatus.PRUNED, when, why), outcome.trained(null, Map.of()), files);
  }

  /** A person has ended it for good; as {@link #pruned}. */
  public RunRecord cancelled(String when, String why) {
    return with(
        state.ended(RunStatus.CANCELLED, when, why), outcome.trained(null, Map.of()), files);
  }

  public RunRecord resumed() {
    return with(state.running(), outcome.withoutResult(), files)
        .withoutFiles(Run.EPOCHS)
        .withoutFiles(Run.RUNGS)
        .withoutFiles(Run.LOG)
        .withoutFiles(Run.SYSTEM);
  }

  /**
   * @param exit of its process; null when nobody waited for that
   */
  RunRecord lost(String why, Integer exit) {
    return with(state.lost(why, exit), outcome, files);
  }

  public RunRecord failed(String when, Throwable thrown) {
    return with(state.failed(when, thrown), outcome.withoutResult(), files);
  }

  public RunRecord evaluated(
      String split, Map<String, Double> values, Map<String, RunOutcome.Baseline> compared) {
    return with(state, outcome.evaluated(split, values, compared), files);
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

  private RunRecord with(RunState changed, RunOutcome came, Map<String, FileHash> kept) {
    return new RunRecord(formatVersion, runId, changed, series, recipe, machine, came, kept);
  }

  /** An unmodifiable copy in the same order; empty for null. */
  static <V> Map<String, V> ordered(Map<String, V> map) {
    return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
