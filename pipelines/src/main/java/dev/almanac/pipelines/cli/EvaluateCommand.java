package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.yaml.Part;
import dev.almanac.pipelines.work.train.Evaluate;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@picocli.CommandLine.Command(
    name = "evaluate",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    header = "Measure a run on the test split, beside two baselines.",
    description = {
      "%nReads the very dataset that the run was trained on, which must not have changed. Adds metrics and baselines to the "
          + "run's record and writes predictions as parquet with the columns of columns.keep. A run that was trained with train.repeats is evaluated with all of its group, unless one is named by --run.%n"
    })
final class EvaluateCommand extends Command {
  @Option(names = "--run", paramLabel = "ID", description = RunOption.TEXT)
  private String run;

  @Mixin private ImportanceOption importance;

  EvaluateCommand(Session session) {
    super(session);
  }

  @Override
  Set<Part> needs() {
    return Set.of();
  }

  @Override
  Result result(AlmanacConfig config) throws Exception {
    return Summaries.evaluated(run(new Evaluate(config, run, importance.isAsked())));
  }
}
