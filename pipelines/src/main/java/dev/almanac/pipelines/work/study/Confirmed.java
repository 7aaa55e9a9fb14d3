package dev.almanac.pipelines.work.study;

import dev.almanac.training.run.Spread;
import dev.almanac.training.search.StudyRecord;
import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Trial;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One of a study's best trials and what it was worth when it was trained again with fresh seeds,
 * which had no part in its being chosen.
 *
 * @param trial of the study
 * @param spread of the study's metric over the seeds that finished
 * @param trainings of the seeds that finished, the best first
 */
public record Confirmed(Trial trial, Spread spread, List<Trial> trainings) {
  public Confirmed {
    trainings = List.copyOf(trainings);
  }

  /** The training in the middle, of two the better; its run stands for all. */
  public Trial median() {
    return trainings.get((trainings.size() - 1) / 2);
  }

  /** What suggested the trainings that confirm a trial. */
  public static String origin(Trial trial) {
    return "trial " + trial.number();
  }

  /**
   * What came of training trials again, the best mean first. Trials of which fewer seeds finished
   * stand behind, and those of which none did are left out.
   *
   * @param again the trainings that confirm them
   */
  public static List<Confirmed> of(List<Trial> trials, List<Trial> again, Goal goal) {
    List<Confirmed> confirmed = new ArrayList<>();
    for (Trial trial : trials) {
      List<Trial> finished =
          again.stream()
              .filter(training -> training.origin().equals(origin(trial)))
              .filter(training -> training.state() == Trial.State.FINISHED)
              .toList();
      if (!finished.isEmpty()) {
        List<Trial> bestFirst = new ArrayList<>(finished);
        bestFirst.sort(Comparator.comparing(Trial::value, goal.bestFirst()));
        confirmed.add(
            new Confirmed(
                trial, Spread.of(finished.stream().map(Trial::value).toList()), bestFirst));
      }
    }
    confirmed.sort(
        Comparator.comparingInt((Confirmed one) -> -one.spread().values().size())
            .thenComparing(one -> one.spread().mean(), goal.bestFirst()));
    return confirmed;
  }

  /** The same of a study as it lies there, as far as it has come; none when nothing was. */
  public static List<Confirmed> of(StudyRecord study) throws IOException {
    Optional<StudyRecord> again = study.confirm();
    return again.isEmpty() ? List.of() : of(study.trials(), again.get().trials(), study.goal());
  }
}
