package dev.almanac.pipelines.track.study;

import dev.almanac.training.run.Run;
import dev.almanac.training.search.StudyConfig;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.trial.Report;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
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

  /** The same with what the runs of trials that are under way have reported until now. */
  StudyView live() {
    return new StudyView(
        folder,
        runs,
        experiment,
        question,
        space,
        trials.stream().map(this::live).toList(),
        isOver);
  }

  private Trial live(Trial trial) {
    if (trial.state() != Trial.State.RUNNING || trial.runId() == null) {
      return trial;
    }
    try {
      Run run = Run.open(Storage.resolve(runs, trial.runId()));
      TrialRun made = new TrialRun(run, question.metric(), question.course().epochs());
      List<Report> reports = made.reports();
      return reports.size() <= trial.reports().size() ? trial : trial.reported(reports);
    } catch (IOException | RuntimeException notYet) {
      // It has not begun, or is being written: its trial says what is known.
      return trial;
    }
  }
}
