package dev.almanac.training.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;

/**
 * The surroundings of a training, which do not change its weights.
 *
 * @param runs the folder that gets the run's folder
 * @param config the whole config, kept in the record; null when there is none
 * @param surroundings what the caller knows of code and machine
 * @param progress told how it goes
 * @param check whether the dataset's files are hashed first
 * @param series the runs that it is one of
 * @param runId the run's id; null for a new one
 * @param datasets a folder to find the dataset of an earlier run in, when it was moved; null for
 *     none
 */
public record RunContext(
    String runs,
    JsonNode config,
    Surroundings surroundings,
    ProgressListener progress,
    DatasetCheck check,
    RunSeries series,
    String runId,
    String datasets) {
  public RunContext {
    Objects.requireNonNull(runs, "runs");
    Objects.requireNonNull(surroundings, "surroundings");
    Objects.requireNonNull(progress, "progress");
    Objects.requireNonNull(check, "check");
    Objects.requireNonNull(series, "series");
  }

  /** Whether a dataset's files are compared with the hashes in its manifest before use. */
  public enum DatasetCheck {
    HASHES,
    /**
     * Not those of its parquet files: for one of many trainings on a dataset that was checked just
     * before.
     */
    TRUSTED
  }

  public static RunContext of(String runs) {
    return new RunContext(
        runs,
        null,
        Surroundings.UNKNOWN,
        ProgressListener.NONE,
        DatasetCheck.HASHES,
        RunSeries.ALONE,
        null,
        null);
  }

  public RunContext withConfig(JsonNode config) {
    return new RunContext(runs, config, surroundings, progress, check, series, runId, datasets);
  }

  public RunContext withSurroundings(Surroundings surroundings) {
    return new RunContext(runs, config, surroundings, progress, check, series, runId, datasets);
  }

  public RunContext withProgress(ProgressListener progress) {
    return new RunContext(runs, config, surroundings, progress, check, series, runId, datasets);
  }

  public RunContext withCheck(DatasetCheck check) {
    return new RunContext(runs, config, surroundings, progress, check, series, runId, datasets);
  }

  public RunContext withGroup(RunSeries.Group group) {
    return new RunContext(
        runs,
        config,
        surroundings,
        progress,
        check,
        new RunSeries(group, series.trial()),
        runId,
        datasets);
  }

  /** For the run of a trial, whose id its study knows. */
  public RunContext withTrial(String id, RunSeries.Origin of) {
    return new RunContext(
        runs,
        config,
        surroundings,
        progress,
        check,
        new RunSeries(series.group(), of),
        id,
        datasets);
  }

  public RunContext withDatasets(String datasets) {
    return new RunContext(runs, config, surroundings, progress, check, series, runId, datasets);
  }
}
