package dev.almanac.pipelines.work.train;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.yaml.Part;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import dev.almanac.pipelines.work.prepare.Datasets;
import dev.almanac.pipelines.work.runs.RunChoices;
import dev.almanac.training.run.RunContext.DatasetCheck;
import dev.almanac.training.run.RunGroup;
import java.io.IOException;
import java.util.Set;

/**
 * Trains a config on a dataset as often as {@code train.repeats} says; the best of it is the run
 * that stands for the config then.
 *
 * @param dataset a folder of one or of many; null for the newest that was prepared with the config
 */
public record Train(AlmanacConfig config, String dataset, DatasetCheck check)
    implements Work<RunGroup> {
  /** The sections without which there is nothing to train. */
  public static final Set<Part> NEEDS = Set.of(Part.TRAIN);

  @Override
  public RunGroup run(Watch watch) throws IOException {
    RunGroup trained =
        new Trainer(config, watch).train(Datasets.require(config, dataset, watch), check);
    RunChoices.of(config).report(trained);
    return trained;
  }
}
