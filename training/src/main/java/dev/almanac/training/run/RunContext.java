package dev.almanac.training.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;

/**
 * What surrounds a training but does not change its weights.
 *
 * @param runs the folder that gets the run's folder
 * @param config the whole config, kept in the record; null when there is none
 * @param almanac the version of Almanac; null when not known
 * @param gitCommit of the code; null when not known
 * @param progress told how it goes
 * @param check whether the dataset's files are hashed first
 * @param group which of several repeats the run is; null for a run of its own
 */
public record RunContext(
    String runs,
    JsonNode config,
    String almanac,
    String gitCommit,
    ProgressListener progress,
    DatasetCheck check,
    RunRecord.Group group) {
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
    return new RunContext(runs, null, null, null, ProgressListener.NONE, DatasetCheck.HASHES, null);
  }

  public RunContext withConfig(JsonNode config) {
    return new RunContext(runs, config, almanac, gitCommit, progress, check, group);
  }

  public RunContext withVersion(String almanac, String gitCommit) {
    return new RunContext(runs, config, almanac, gitCommit, progress, check, group);
  }

  public RunContext withProgress(ProgressListener progress) {
    return new RunContext(runs, config, almanac, gitCommit, progress, check, group);
  }

  public RunContext withCheck(DatasetCheck check) {
    return new RunContext(runs, config, almanac, gitCommit, progress, check, group);
  }

  RunContext withGroup(RunRecord.Group group) {
    return new RunContext(runs, config, almanac, gitCommit, progress, check, group);
  }
}
