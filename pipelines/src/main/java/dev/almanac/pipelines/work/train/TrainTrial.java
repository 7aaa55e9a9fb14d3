package dev.almanac.pipelines.work.train;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import dev.almanac.pipelines.work.prepare.Datasets;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunContext.DatasetCheck;
import dev.almanac.training.run.RunSeries;
import dev.almanac.training.train.Training;
import dev.almanac.transforms.manifest.Dataset;
import java.io.IOException;

/**
 * Trains the run of a trial, which stands for no config unless its study says so.
 *
 * @param dataset as {@link Train#dataset}
 * @param runId that the study knows
 */
public record TrainTrial(
    AlmanacConfig config, String dataset, DatasetCheck check, String runId, RunSeries.Origin origin)
    implements Work<Run> {
  @Override
  public Run run(Watch watch) throws IOException {
    Dataset found = Datasets.require(config, dataset, watch);
    return new Trainer(config, watch)
        .run(
            check,
            context -> Training.run(found, config.train(), context.withTrial(runId, origin)));
  }
}
