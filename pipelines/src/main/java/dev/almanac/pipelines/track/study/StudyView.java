package dev.almanac.pipelines.track.study;

import dev.almanac.training.search.StudyConfig;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.trial.Trial;
import java.util.List;

/**
 * What is known of a study at a moment.
 *
 * @param folder of the study
 * @param runs the folder of its runs
 * @param experiment the config's name
 * @param trials by number
 * @param isOver whether no trial is under way any more
 */
public record StudyView(
    String folder,
    String runs,
    String experiment,
    StudyConfig question,
    SearchSpace space,
    List<Trial> trials,
    boolean isOver) {
  public StudyView {
    trials = List.copyOf(trials);
  }
}
