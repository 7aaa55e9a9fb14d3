package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.yaml.Part;
import dev.almanac.pipelines.work.train.ResumeTraining;
import dev.almanac.pipelines.work.train.Train;
import dev.almanac.training.run.RunContext.DatasetCheck;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      arity = "0..1",
      fallbackValue = NEWEST,
      description = {
        "Goes on with a run that was stopped or killed, from its newest checkpoint: its id, the beginning of one, or a run's folder "
            + "(default: the newest that has not finished). Ends with the weights of a run that was never stopped. Refused while another process trains it, "
            + "and when the config's settings are not the run's."
      })
  private String resumed;

  private static final String NEWEST = "";

  TrainCommand(Session session) {
    super(session);
  }

  @Override
  Set<Part> needs() {
    return dataset == null && resumed == null ? EnumSet.of(Part.OUTPUT, Part.TRAIN) : Train.NEEDS;
  }

  @Override
  void check(List<String> problems) {
    if (resumed != null && dataset != null) {
      problems.add(
          "Cannot go on with a run on another dataset: give --resume or --dataset, not both");
    }
  }

  @Override
  Result result(AlmanacConfig config) throws Exception {
    DatasetCheck check = trusted ? DatasetCheck.TRUSTED : DatasetCheck.HASHES;
    if (resumed != null) {
      String run = resumed.equals(NEWEST) ? null : resumed;
      return Summaries.group(run(new ResumeTraining(config, run, check)));
    }
    return Summaries.group(run(new Train(config, dataset, check)));
  }
}
