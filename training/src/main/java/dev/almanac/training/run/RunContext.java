package dev.almanac.training.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;

/**
 * The surroundings of a training, which do not change its weights.
 *
 * @param runs the folder that gets the run's folder
 * @param config the whole config, kept in the record; null when there is none
 * @param almanac the version of Almanac; null when not known
 * @param gitCommit of the code; null when not known
 * @param progress told how it goes
 * @param check whether the dataset's files are hashed first
 * @param group which of several repeats the run is; null for a run of its own
 * @param runId the run's id; null for a new one
 * @param trial of which the run is; null for none
 * @param datasets a folder to find the dataset of an earlier run in, when it was moved; null for
 *     none
 */
public record RunContext(
    String runs,
    JsonNode config,
    String almanac,
    String gitCommit,
    ProgressListener progress,
    DatasetCheck check,
    RunRecord.Group group,
    String runId,
    RunRecord.Origin trial,
    String datasets) {
  public RunContext {
    Objects.requireNonNull(runs, "runs");
    Objects.requireNonNull(progress, "progress");
    Objects.requireNonNull(check, "check");
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
        runs, null, null, null, ProgressListener.NONE, DatasetCheck.HASHES, null, null, null, null);
  }

  public RunContext withConfig(JsonNode config) {
    return new RunContext(
        runs, config, almanac, gitCommit, progress, check, group, runId, trial, datasets);
  }

  public RunContext withVersion(String almanac, String gitCommit) {
    return new RunContext(
        runs, config, almanac, gitCommit, progress, check, group, runId, trial, datasets);
  }

  public RunContext withProgress(ProgressListener progress) {
    return new RunContext(
        runs, config, almanac, gitCommit, progress, check, group, runId, trial, datasets);
  }

  public RunContext withCheck(DatasetCheck check) {
    return new RunContext(
        runs, config, almanac, gitCommit, progress, check, group, runId, trial, datasets);
  }

  public RunContext withGroup(RunRecord.Group group) {
    return new RunContext(
        runs, config, almanac, gitCommit, progress, check, group, runId, trial, datasets);
  }

  /** For the run of a trial, whose id its study knows. */
  public RunContext withTrial(String id, RunRecord.Origin of) {
    return new RunContext(
        runs, config, almanac, gitCommit, progress, check, group, id, of, datasets);
  }

  public RunContext withDatasets(String datasets) {
    return new RunContext(
        runs, config, almanac, gitCommit, progress, check, group, runId, trial, datasets);
  }
}
