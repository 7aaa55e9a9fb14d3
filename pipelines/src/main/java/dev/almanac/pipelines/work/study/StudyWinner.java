package dev.almanac.pipelines.work.study;

import dev.almanac.pipelines.report.page.StudyView;
import dev.almanac.training.run.Spread;
import java.util.List;
import java.util.Map;

/**
 * What a study chose, as its {@code winner.json} keeps it.
 *
 * @param trial its number
 * @param run the id of its run
 * @param dataset the folder of what it read
 * @param metrics by split
 * @param config the file that was searched with
 * @param confirmed what the best trials were worth when they were trained again with fresh seeds,
 *     the best first; none when they were not
 * @param members ids of the runs whose models it averages; none when it is one model
 */
public record StudyWinner(
    int formatVersion,
    int trial,
    String run,
    String dataset,
    Map<String, Map<String, Double>> metrics,
    String config,
    List<Confirmed> confirmed,
    List<String> members) {
  static final int FORMAT_VERSION = 1;

  public StudyWinner(
      int trial,
      String run,
      String dataset,
      Map<String, Map<String, Double>> metrics,
      String config,
      List<Confirmed> confirmed,
      List<String> members) {
    this(FORMAT_VERSION, trial, run, dataset, metrics, config, confirmed, members);
  }

  public StudyWinner {
    confirmed = confirmed == null ? List.of() : List.copyOf(confirmed);
    members = members == null ? List.of() : List.copyOf(members);
  }

  /** A trial and its metric over the seeds that finished. */
  public record Confirmed(int trial, Spread spread) {}

  StudyView.Winner drawn() {
    return new StudyView.Winner(
        trial, run, dataset, metrics == null ? null : metrics.get("test"), members);
  }
}
