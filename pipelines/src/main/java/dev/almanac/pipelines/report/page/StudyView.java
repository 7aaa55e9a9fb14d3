package dev.almanac.pipelines.report.page;

import dev.almanac.training.run.Spread;
import dev.almanac.training.search.StudyRecord;
import dev.almanac.training.search.importance.Importances;
import java.util.List;
import java.util.Map;

/**
 * What the page of a study shows.
 *
 * @param importances null when there is nothing to tell yet
 * @param segments of the time line; none when it was not kept
 * @param winner null while there is none
 * @param confirmed the best trials, trained again with fresh seeds, the best mean first; none when
 *     they were not
 * @param going whether the study is being searched
 * @param config the file that was searched with; null when it is not known
 */
public record StudyView(
    StudyRecord study,
    Importances importances,
    List<Segment> segments,
    Winner winner,
    List<Confirmed> confirmed,
    boolean going,
    String config) {
  public StudyView {
    segments = List.copyOf(segments);
    confirmed = List.copyOf(confirmed);
  }

  /**
   * A stretch of a trial's training.
   *
   * @param worker from 0
   * @param since milliseconds since 1970
   * @param until likewise
   * @param from epochs, or row groups, that the trial had before
   * @param to those that it had afterwards
   * @param state of the trial afterwards
   */
  public record Segment(
      int trial, int worker, long since, long until, int from, int to, String state) {}

  /**
   * The run that was chosen.
   *
   * @param trial its number
   * @param run the trial's, or of one of its trainings with fresh seeds
   * @param dataset the folder of what it read; null when it is not known
   * @param test metrics on the test split; null when it was not measured
   * @param members ids of the runs whose models it averages; none when it is one model
   */
  public record Winner(
      int trial, String run, String dataset, Map<String, Double> test, List<String> members) {}

  /** A trial and its metric over fresh seeds. */
  public record Confirmed(int trial, Spread spread) {}
}
