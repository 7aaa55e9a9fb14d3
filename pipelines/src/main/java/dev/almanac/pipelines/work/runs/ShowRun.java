package dev.almanac.pipelines.work.runs;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.run.RunStore;
import dev.almanac.training.run.label.Labels;
import dev.almanac.transforms.json.JsonLines;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;

/**
 * Opens a run with all that is to be shown of it.
 *
 * @param run an id, the beginning of one, or a folder; null for the one that stands for the config
 * @param config may be null when a run is named
 */
public record ShowRun(RunFolder folder, String run, AlmanacConfig config)
    implements Work<ShowRun.Shown> {
  /** A run as it stands. */
  public record Shown(Run run, Labels labels, JsonLines<EpochRecord> epochs) {}

  @Override
  public Shown run(Watch watch) throws IOException {
    Run found = run == null ? new Runs(config, watch).find(null) : named();
    Run settled = found.settled();
    return new Shown(settled, Labels.of(settled.folder()), settled.epochLines());
  }

  private Run named() throws IOException {
    return Storage.exists(Storage.resolve(run, RunRecord.FILE))
        ? Run.open(run)
        : new RunStore(folder.path()).open(run);
  }
}
