package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.yaml.Part;
import dev.almanac.pipelines.work.prepare.Prepare;
import java.util.Set;
import picocli.CommandLine.Option;

@picocli.CommandLine.Command(
    name = "prepare",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    header = "Make a dataset: split by date, fitted on train, as parquet.",
    description = {
      "%nMakes a date-time-named folder in output.dataset. A dataset without dataset.json is not finished and is never read. "
          + "Rows that cannot be parsed go to rejects/; more of them than `rejects:` allows is an error.%n"
    })
final class PrepareCommand extends Command {
  @Option(
      names = "--since",
      paramLabel = "DATASET",
      description =
          "An earlier dataset of this config: reads only files that are new or changed since, for the same bytes as reading them all.")
  private String since;

  PrepareCommand(Session session) {
    super(session);
  }

  @Override
  Set<Part> needs() {
    return Prepare.NEEDS;
  }

  @Override
  boolean runsPipelines() {
    return true;
  }

  @Override
  Result result(AlmanacConfig config) throws Exception {
    return Summaries.dataset(run(new Prepare(config, since, engine())));
  }
}
