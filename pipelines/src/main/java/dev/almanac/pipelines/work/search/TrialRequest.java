package dev.almanac.pipelines.work.search;

import dev.almanac.pipelines.work.ConfigFile;
import dev.almanac.pipelines.work.Engine;
import dev.almanac.training.run.RunSeries;
import java.util.List;

/**
 * What a worker is asked for: to train a trial's run, or to go on with one.
 *
 * @param config with the trial's values in place
 * @param engine whose arguments say how storage is reached
 * @param resumed the folder of the run to go on with; null for a new one
 * @param dataset the folder of the dataset, which has been checked; null when a run goes on
 * @param runId of the new run; null when a run goes on
 * @param origin of the new run; null when a run goes on
 */
public record TrialRequest(
    ConfigFile config,
    Engine engine,
    String resumed,
    String dataset,
    String runId,
    RunSeries.Origin origin) {
  static TrialRequest goingOn(ConfigFile config, Engine engine, String run) {
    return new TrialRequest(config, engine, run, null, null, null);
  }

  static TrialRequest of(
      ConfigFile config, Engine engine, String dataset, String runId, RunSeries.Origin origin) {
    return new TrialRequest(config, engine, null, dataset, runId, origin);
  }

  /** How a process is started that does what is asked for. */
  @FunctionalInterface
  public interface Starter {
    /**
     * The program and its arguments.
     *
     * <p>The process ends when the end of its standard input that we hold is closed. It prints one
     * JSON object to standard output: {@code run-id} and {@code metrics}, or {@code error}. On
     * SIGTERM it writes the run's state and ends with 143, or 130 on SIGINT.
     */
    List<String> command(TrialRequest request);
  }
}
