package dev.almanac.pipelines.work.train;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import dev.almanac.pipelines.work.runs.Runs;
import dev.almanac.training.run.RunGroup;
import java.io.IOException;

/**
 * Measures a run on the test split, beside baselines.
 *
 * @param run its id, the beginning of one, or a run's folder; null for the one that stands for the
 *     config, with its group
 * @param importance whether that of columns is measured too
 */
public record Evaluate(AlmanacConfig config, String run, boolean importance)
    implements Work<RunGroup> {
  @Override
  public RunGroup run(Watch watch) throws IOException {
    return new Trainer(config, watch).evaluate(new Runs(config, watch).group(run), importance);
  }
}
