package dev.almanac.pipelines.work.study;

import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import dev.almanac.training.search.StudyRecord;
import dev.almanac.training.search.importance.Importances;
import dev.almanac.training.search.trial.Trial;
import java.io.IOException;
import java.util.List;

/**
 * Says what a study found so far, and writes its page anew.
 *
 * @param study its name, the beginning of it, or its folder; null for the only one there is
 * @param best how many of the best trials
 */
public record ShowStudy(StudyFolders folders, String study, int best)
    implements Work<ShowStudy.Shown> {
  /**
   * A study.
   *
   * @param best finished trials, the best first
   * @param confirmed those that were trained again with fresh seeds, the best mean first
   * @param importances null when there is nothing to tell yet
   * @param page the path of its page
   */
  public record Shown(
      ListStudies.Line line,
      StudyRecord study,
      List<Trial> best,
      List<Confirmed> confirmed,
      Importances importances,
      String page) {}

  @Override
  public Shown run(Watch watch) throws IOException {
    StudyRecord found = StudyRecord.read(folders.find(study));
    Importances importances = importances(found);
    List<Trial> ranked = found.ranked();
    StudyState state = StudyState.of(found);
    String page = StudyPages.write(found, importances, state == StudyState.RUNNING);
    return new Shown(
        ListStudies.line(found),
        found,
        ranked.subList(0, Math.min(best, ranked.size())),
        Confirmed.of(found),
        importances,
        page);
  }

  static Importances importances(StudyRecord study) {
    return study
        .space()
        .flatMap(space -> Importances.of(space, study.goal(), study.trials()))
        .orElse(null);
  }
}
