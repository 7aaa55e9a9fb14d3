package dev.almanac.pipelines.work.whole;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.yaml.Part;
import dev.almanac.pipelines.report.Report;
import dev.almanac.pipelines.track.Trackers;
import dev.almanac.pipelines.work.ConfigFile;
import dev.almanac.pipelines.work.Engine;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import dev.almanac.pipelines.work.prepare.Prepare;
import dev.almanac.pipelines.work.prepare.PreparedBefore;
import dev.almanac.pipelines.work.runs.RunChoices;
import dev.almanac.pipelines.work.schema.WriteSchema;
import dev.almanac.pipelines.work.search.Search;
import dev.almanac.pipelines.work.train.Trainer;
import dev.almanac.pipelines.work.worker.WorkerStarter;
import dev.almanac.training.run.RunContext.DatasetCheck;
import dev.almanac.training.run.RunGroup;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Does everything: prepares a dataset or takes the one that it would make, searches when the config
 * says so or else trains, evaluates and reports.
 *
 * @param file without a search when nothing is to be searched
 * @param fresh whether a dataset is prepared even when there is one like it
 * @param importance whether that of columns is measured
 * @param starter of the processes of a search
 */
public record RunWhole(
    ConfigFile file, boolean fresh, boolean importance, Engine engine, WorkerStarter starter)
    implements Work<RunWhole.Done> {
  /** The sections without which there is no way through. */
  public static final Set<Part> NEEDS =
      Set.of(Part.SOURCE, Part.COLUMNS, Part.SPLIT, Part.OUTPUT, Part.TRAIN);

  /**
   * What came of it.
   *
   * @param reused whether the dataset was there before
   * @param group of the run; of a search's winner, it alone
   * @param study that was searched; null when the config was trained as it stands
   * @param report the page of the group's best run
   */
  public record Done(
      Dataset dataset, boolean reused, RunGroup group, Search.Found study, String report) {}

  @Override
  public Done run(Watch watch) throws Exception {
    AlmanacConfig config = file.read(NEEDS);
    // Not after hours.
    Storage.checkWritable(config.output().dataset());
    Storage.checkWritable(config.runs());
    if (config.schema() != null && !Storage.exists(config.schema())) {
      watch.line("Inferring the schema");
      new WriteSchema(config, config.schema(), false, engine).run(watch);
    }
    Optional<Dataset> before = fresh ? Optional.empty() : PreparedBefore.find(config, watch);
    Dataset dataset = before.isPresent() ? taken(before.get(), watch) : prepared(config, watch);
    watch.made(dataset);
    Search.Found found = null;
    RunGroup group;
    if (config.search() != null) {
      found = new Search(file, null, Set.of(), engine, starter).run(config, dataset, watch);
      group = RunGroup.alone(found.winner());
    } else {
      group = trained(config, dataset, before.isPresent(), watch);
    }
    String report = Report.write(group.best().folder(), config.output().dataset(), watch::line);
    new Trackers(config, watch::line).changed(List.of(group.best()));
    return new Done(dataset, before.isPresent(), group, found, report);
  }

  private static Dataset taken(Dataset before, Watch watch) {
    watch.line(
        "Taking dataset %s: it is what would be prepared (--fresh prepares it anew)"
            .formatted(before.folder()));
    return before;
  }

  private Dataset prepared(AlmanacConfig config, Watch watch) throws Exception {
    watch.line("Preparing a dataset");
    return new Prepare(config, null, engine).run(watch);
  }

  private RunGroup trained(AlmanacConfig config, Dataset dataset, boolean reused, Watch watch)
      throws IOException {
    watch.line("Training");
    Trainer trainer = new Trainer(config, watch);
    RunGroup trained = trainer.train(dataset, reused ? DatasetCheck.HASHES : DatasetCheck.TRUSTED);
    RunChoices.of(config).report(trained);
    watch.line("Evaluating");
    return trainer.evaluate(trained, importance);
  }
}
