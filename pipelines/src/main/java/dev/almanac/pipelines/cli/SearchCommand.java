package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.yaml.Part;
import dev.almanac.pipelines.work.search.Search;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Option;

@picocli.CommandLine.Command(
    name = "search",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    header = "Try other values; keep the model that is best on validation.",
    description = {
      "%nEach trial is a run, trained by one of some processes that stay, each with its share of the cores. A search that was killed goes on where "
          + "it was: run the same command again. The test split is read once, for the winner. A trial that changes how data is "
          + "prepared gets a dataset of its own, prepared once for all trials that want the same.%n"
    })
final class SearchCommand extends Command {
  @Option(
      names = "--dataset",
      paramLabel = "FOLDER",
      description =
          "Takes this dataset, or the newest in this folder (default: one that was prepared with the config, or else prepares it).")
  private String dataset;

  @Option(
      names = "--accept-changes",
      description =
          "Goes on with a study of the same name whose trials so far were chosen by another sampler, seed, pruner or order, or in another space.")
  private boolean accepted;

  @Option(
      names = "--join",
      description =
          "Takes part when another process is at the same search: it gets trials to train, and goes on should the other end.")
  private boolean joins;

  SearchCommand(Session session) {
    super(session);
  }

  @Override
  Set<Part> needs() {
    return Search.NEEDS;
  }

  @Override
  boolean runsPipelines() {
    return true;
  }

  @Override
  Result result(AlmanacConfig config) throws Exception {
    Set<Search.Consent> consent = EnumSet.noneOf(Search.Consent.class);
    if (accepted) {
      consent.add(Search.Consent.CHANGES);
    }
    if (joins) {
      consent.add(Search.Consent.JOIN);
    }
    return SearchSummary.of(run(new Search(file(), dataset, consent, engine(), new TrainWorker())));
  }
}
