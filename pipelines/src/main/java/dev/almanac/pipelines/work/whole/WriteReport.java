package dev.almanac.pipelines.work.whole;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.report.Report;
import dev.almanac.pipelines.track.Trackers;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import dev.almanac.pipelines.work.prepare.Datasets;
import dev.almanac.pipelines.work.runs.Runs;
import dev.almanac.training.run.Run;
import java.io.IOException;
import java.util.List;

/**
 * Writes a run's page, of what is there.
 *
 * @param run its id, the beginning of one, or a run's folder; null for the one that stands for the
 *     config
 */
public record WriteReport(AlmanacConfig config, String run) implements Work<WriteReport.Written> {
  /** A page and the run that it shows. */
  public record Written(Run run, String page) {}

  @Override
  public Written run(Watch watch) throws IOException {
    Run found = new Runs(config, watch).find(run);
    String page = Report.write(found.folder(), Datasets.folder(config), watch::line);
    new Trackers(config, watch::line).changed(List.of(found));
    return new Written(found, page);
  }
}
