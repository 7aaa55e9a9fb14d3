package dev.almanac.pipelines.track.study;

import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RungRecord;
import dev.almanac.training.search.trial.Epochs;
import dev.almanac.training.search.trial.Report;
import dev.almanac.training.search.trial.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A trial's run as its search sees it.
 *
 * @param metric by which trials are compared, such as {@code validation.mae}
 * @param counted what training is counted in
 */
public record TrialRun(Run run, String metric, Epochs counted) {
  /** Of the model that it keeps; null when it has none yet. */
  public Double value() {
    String split = metric.substring(0, metric.indexOf('.'));
    return run.record().metrics().getOrDefault(split, Map.of()).get(key());
  }

  /**
   * A report an epoch, of the weights that would be kept: those of the best so far; and where
   * training is counted in row groups, a report a rung within an epoch, as if that ended there.
   */
  public List<Report> reports() throws IOException {
    List<Report> reports = new ArrayList<>();
    List<RungRecord> rungs =
        counted.resource() == Resource.ROW_GROUPS ? new ArrayList<>(run.rungs()) : List.of();
    EpochRecord kept = null;
    for (EpochRecord epoch : run.epochs()) {
      within(rungs, epoch.epoch(), kept, reports);
      kept = epoch.best() ? epoch : kept;
      if (kept != null) {
        add(counted.ended(epoch.epoch()), kept.validation(), reports);
      }
    }
    within(rungs, Integer.MAX_VALUE, kept, reports);
    return reports;
  }

  /** Takes the rungs until the end of an epoch. */
  private void within(List<RungRecord> rungs, int epoch, EpochRecord kept, List<Report> reports) {
    while (!rungs.isEmpty() && rungs.get(0).epoch() <= epoch) {
      RungRecord rung = rungs.remove(0);
      add(counted.ended(rung.epoch() - 1) + rung.rowGroups(), rung.kept(kept), reports);
    }
  }

  private void add(int at, Map<String, Double> metrics, List<Report> reports) {
    Double value = metrics.get(key());
    if (value != null) {
      reports.add(Report.of(counted.resource(), at, value));
    }
  }

  private String key() {
    return metric.substring(metric.indexOf('.') + 1);
  }
}
