package dev.almanac.pipelines.work.study;

import dev.almanac.pipelines.work.Figures;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import dev.almanac.training.search.StudyRecord;
import dev.almanac.training.search.trial.Resource;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says which studies lie in a folder, by name, and how far each is. */
public record ListStudies(StudyFolders folders) implements Work<ListStudies.Listed> {
  /**
   * The studies.
   *
   * @param unreadable those that cannot be read, by name, and why
   */
  public record Listed(String folder, List<Line> studies, Map<String, String> unreadable) {}

  /**
   * A study.
   *
   * @param trials how many there are in each state that some are in
   * @param best the value of the best finished trial; null before the first
   * @param bestTrial its number
   * @param epochs that trials have trained together, as far as they reported; whole ones
   * @param rowGroups the same in row groups, when that is what training is counted in; else null
   * @param seconds of all trials, one after another
   * @param since when it was begun, as an ISO-8601 instant; null when it is not known
   * @param ended what ended it: trials, epochs, time, target, plateau or space; null otherwise
   */
  public record Line(
      String name,
      String folder,
      StudyState state,
      String metric,
      Map<String, Long> trials,
      Double best,
      Integer bestTrial,
      long epochs,
      Long rowGroups,
      double seconds,
      String since,
      String ended) {

    /** How much its trials have trained, such as {@code 37 row groups}; empty when nothing. */
    public String trained() {
      if (rowGroups == null) {
        return epochs == 0 ? "" : Figures.count(epochs) + " epochs";
      }
      return rowGroups == 0 ? "" : Figures.count(rowGroups) + " row groups";
    }
  }

  @Override
  public Listed run(Watch watch) throws IOException {
    List<Line> lines = new ArrayList<>();
    Map<String, String> unreadable = new LinkedHashMap<>();
    for (String folder : folders.all()) {
      watch.check();
      try {
        lines.add(line(StudyRecord.read(folder)));
      } catch (IOException | RuntimeException damaged) {
        unreadable.put(Storage.name(folder), damaged.getMessage());
      }
    }
    return new Listed(folders.folder(), lines, unreadable);
  }

  static Line line(StudyRecord study) throws IOException {
    Map<String, Long> trials = new LinkedHashMap<>();
    for (Trial.State state : Trial.State.values()) {
      long count = study.count(state);
      if (count > 0) {
        trials.put(state.text(), count);
      }
    }
    Trial best = study.best().orElse(null);
    return new Line(
        study.name(),
        study.folder(),
        StudyState.of(study),
        study.metric(),
        trials,
        best == null ? null : best.value(),
        best == null ? null : best.number(),
        study.epochs(),
        study.resource() == Resource.ROW_GROUPS ? study.reached() : null,
        study.seconds(),
        study.since(),
        study.ended());
  }
}
