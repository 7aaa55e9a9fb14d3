package dev.almanac.pipelines.track.study;

import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.Run;
import dev.almanac.training.search.trial.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a trial's run has reported so far.
 *
 * @param metric of the study, such as {@code validation.mae}
 */
public record RunReports(Run run, String metric) {
  /** A report an epoch, of the weights that would be kept: those of the best so far. */
  public List<Report> list() throws IOException {
    String key = metric.substring(metric.indexOf('.') + 1);
    List<Report> reports = new ArrayList<>();
    Double kept = null;
    for (EpochRecord epoch : run.epochs()) {
      Double now = epoch.validation().get(key);
      kept = epoch.best() ? now : kept;
      if (kept != null) {
        reports.add(new Report(epoch.epoch(), kept));
      }
    }
    return reports;
  }
}
