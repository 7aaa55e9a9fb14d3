package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.yaml.Part;
import dev.almanac.pipelines.work.runs.RunChoices;
import dev.almanac.pipelines.work.train.TrainStage;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunContext.DatasetCheck;
import dev.almanac.training.run.RunGroup;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.storage.Storage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.options.PipelineOptions;
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
    return Set.of(Part.SOURCE, Part.COLUMNS, Part.SPLIT, Part.OUTPUT, Part.TRAIN);
  }

  @Override
  boolean runsPipelines() {
    return true;
  }

  @Override
  Result work(AlmanacConfig config, PipelineOptions options) throws Exception {
    // Not after hours.
    Storage.checkWritable(config.output().dataset());
    Storage.checkWritable(config.runs());
    if (config.schema() != null && !Storage.exists(config.schema())) {
      console().line("Inferring the schema");
      stages().schema(config, config.schema(), options, console());
    }
    Optional<Dataset> before = fresh ? Optional.empty() : stages().prepared(config, console());
    Dataset dataset;
    if (before.isPresent()) {
      dataset = before.get();
      console()
          .line(
              "Taking dataset %s: it is what would be prepared (--fresh prepares it anew)"
                  .formatted(dataset.folder()));
    } else {
      console().line("Preparing a dataset");
      dataset = stages().prepare(config, null, options, console());
    }
    Result prepared = Summaries.dataset(dataset);
    console().line(prepared.text());
    Result result;
    Run run;
    if (config.search() != null && !withoutSearch) {
      SearchStage.Found found = new SearchStage(this, options).search(config, dataset);
      run = found.winner();
      result = found.summary();
    } else {
      console().line("Training");
      RunGroup trained =
          TrainStage.train(
              config,
              dataset,
              before.isPresent() ? DatasetCheck.HASHES : DatasetCheck.TRUSTED,
              console());
      RunChoices.of(config).report(trained);
      console().line("Evaluating");
      RunGroup evaluated = TrainStage.evaluate(config, trained, importance.isAsked(), console());
      run = evaluated.best();
      result = Summaries.evaluated(evaluated);
    }
    String report = stages().report(run.folder(), config.output().dataset(), console());
    return new Result(result.json(), result.text() + "\nReport:  %s%n".formatted(report))
        .with("rows", prepared.json().get("rows"))
        .with("report", report)
        .with("dataset-reused", before.isPresent());
  }
}
