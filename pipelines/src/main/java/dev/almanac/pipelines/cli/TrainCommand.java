package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.Part;
import dev.almanac.training.run.RunContext.DatasetCheck;
import dev.almanac.training.run.RunGroup;
import dev.almanac.transforms.artifact.Dataset;
import java.util.EnumSet;
import java.util.Set;
import org.apache.beam.sdk.options.PipelineOptions;
import picocli.CommandLine.Option;

@picocli.CommandLine.Command(
    name = "train",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    header = "Train a model; keep the weights that were best on validation.",
    description = {
      "%nTakes the newest dataset that was prepared with this config. Makes a folder in train.runs with the weights, "
          + "the metrics of every epoch and a record of all that went in. Does not look at the test split: `evaluate` does.%n",
      "With train.repeats above 1 it does so several times, each a run with the next seed, and gives mean and standard "
          + "deviation. The run to use is the one with the lowest validation loss.%n"
    })
final class TrainCommand extends Command {
  @Option(
      names = "--dataset",
      paramLabel = "FOLDER",
      description =
          "Takes this dataset, or the newest in this folder, whatever it was prepared with.")
  private String dataset;

  @Option(
      names = "--trust-dataset",
      description = "Does not hash the dataset's files again before reading them.")
  private boolean trusted;

  @Option(names = "--exit-with-parent", hidden = true)
  private boolean exitWithParent;

  TrainCommand(Session session) {
    super(session);
  }

  @Override
  Set<Part> needs() {
    return dataset == null ? EnumSet.of(Part.OUTPUT, Part.TRAIN) : EnumSet.of(Part.TRAIN);
  }

  @Override
  Result work(AlmanacConfig config, PipelineOptions options) throws Exception {
    if (exitWithParent) {
      ParentWatch.start();
    }
    Dataset found = Datasets.require(config, dataset);
    RunGroup group =
        TrainStage.train(
            config, found, trusted ? DatasetCheck.TRUSTED : DatasetCheck.HASHES, console());
    return Summaries.group(group);
  }
}
