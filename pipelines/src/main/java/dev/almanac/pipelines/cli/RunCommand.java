package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.yaml.Part;
import dev.almanac.pipelines.work.whole.RunWhole;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@picocli.CommandLine.Command(
    name = "run",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    header = "Do everything: prepare, train or search, evaluate, report.",
    description = {
      "%nInfers the schema when the config names a schema file that is not there yet, prepares a dataset (or takes the one it would make, when there is one), searches when the "
          + "config has a `search:` section or else trains (train.repeats times; a search never repeats a trial), evaluates the model on the test split and writes report.html "
          + "into the run's folder. Ends with one summary.%n"
    })
final class RunCommand extends Command {
  @Option(
      names = "--no-search",
      description = "Trains with the config's own values, even when it has a `search:` section.")
  private boolean withoutSearch;

  @Option(
      names = "--fresh",
      description =
          "Prepares a dataset even when there is one of the same config, schema and source files.")
  private boolean fresh;

  @Mixin private ImportanceOption importance;

  RunCommand(Session session) {
    super(session);
  }

  @Override
  List<String> implied() {
    // What the section claims of its space need not hold when nothing is searched.
    return withoutSearch ? List.of("search=null") : List.of();
  }

  @Override
  Set<Part> needs() {
    return RunWhole.NEEDS;
  }

  @Override
  boolean runsPipelines() {
    return true;
  }

  @Override
  Result result(AlmanacConfig config) throws Exception {
    RunWhole.Done done =
        run(new RunWhole(file(), fresh, importance.isAsked(), engine(), new TrainWorker()));
    Result result =
        done.study() == null ? Summaries.evaluated(done.group()) : SearchSummary.of(done.study());
    return new Result(result.json(), result.text() + "\nReport:  %s%n".formatted(done.report()))
        .with("rows", Summaries.dataset(done.dataset()).json().get("rows"))
        .with("report", done.report())
        .with("dataset-reused", done.reused());
  }
}
