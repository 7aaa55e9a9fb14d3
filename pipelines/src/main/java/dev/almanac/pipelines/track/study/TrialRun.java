package dev.almanac.pipelines.track.study;

import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.Run;
import dev.almanac.training.search.trial.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A trial's run as its search sees it.
 *
 * @param metric by which trials are compared, such as {@code validation.mae}
 */
public record TrialRun(Run run, String metric) {
  /** Of the model that it keeps; null when it has none yet. */
  public Double value() {
    String split = metric.substring(0, metric.indexOf('.'));
    return run.record().metrics().getOrDefault(split, Map.of()).get(key());
  }

  /** A report an epoch, of the weights that would be kept: those of the best so far. */
  public List<Report> reports() throws IOException {
    List<Report> reports = new ArrayList<>();
    Double kept = null;
    for (EpochRecord epoch : run.epochs()) {
      Double now = epoch.validation().get(key());
      kept = epoch.best() ? now : kept;
      if (kept != null) {
        reports.add(new Report(epoch.epoch(), kept));
      }
    }
    return reports;
  }

  private String key() {
    return metric.substring(metric.indexOf('.') + 1);
  }
}
