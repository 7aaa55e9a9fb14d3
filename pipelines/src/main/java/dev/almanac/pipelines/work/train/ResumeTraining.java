package dev.almanac.pipelines.work.train;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import dev.almanac.pipelines.work.runs.RunChoices;
import dev.almanac.pipelines.work.runs.Runs;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunContext.DatasetCheck;
import dev.almanac.training.run.RunGroup;
import dev.almanac.training.train.Repeats;
import java.io.IOException;

/**
 * Goes on with a run that was stopped or killed, and with the repeats behind it.
 *
 * @param run its id, the beginning of one, or a run's folder; null for the newest of the config
 *     that has not finished
 */
public record ResumeTraining(AlmanacConfig config, String run, DatasetCheck check)
    implements Work<RunGroup> {
  @Override
  public RunGroup run(Watch watch) throws IOException {
    Run unfinished = new Runs(config, watch).unfinished(run);
    RunGroup trained =
        new Trainer(config, watch).run(check, context -> Repeats.resume(unfinished, context));
    if (unfinished.record().trial() == null) {
      RunChoices.of(config).report(trained);
    }
    return trained;
  }
}
