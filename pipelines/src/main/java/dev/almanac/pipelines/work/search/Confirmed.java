package dev.almanac.pipelines.work.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import dev.almanac.training.run.Spread;
import dev.almanac.training.search.trial.Draw;
import dev.almanac.training.search.trial.Given;
import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One of a study's best trials and what it was worth when it was trained again with fresh seeds,
 * which had no part in its being chosen.
 *
 * @param trial of the study
 * @param spread of the study's metric over the seeds that finished
 * @param median the training in the middle of them, of two the better; its run stands for all
 */
public record Confirmed(Trial trial, Spread spread, Trial median) {
  private static final String SEED = "train.seed";

  /**
   * The trainings that confirm some trials.
   *
   * @param seed of the study; each seed follows from it, the trial's number and its own number
   */
  static List<Given> trainings(List<Trial> trials, int seeds, long seed) {
    List<Given> trainings = new ArrayList<>();
    for (int number = 0; number < seeds; number++) {
      for (Trial trial : trials) {
        double place = Draw.place(seed, trial.number(), "confirm " + number);
        Map<String, JsonNode> values = new LinkedHashMap<>(trial.assignment());
        values.put(SEED, LongNode.valueOf((long) (place * Integer.MAX_VALUE)));
        trainings.add(Given.of("trial " + trial.number(), values));
      }
    }
    return trainings;
  }

  /**
   * What came of it, the best mean first. Trials of which fewer seeds finished stand behind, and
   * those of which none did are left out.
   *
   * @param again all trainings that confirm
   */
  static List<Confirmed> of(
      List<Trial> trials, List<Given> trainings, List<Trial> again, Goal goal) {
    List<Confirmed> confirmed = new ArrayList<>();
    for (Trial trial : trials) {
      List<Trial> finished =
          trainings.stream()
              .filter(training -> training.origin().equals("trial " + trial.number()))
              .flatMap(training -> again.stream().filter(training::is))
              .filter(training -> training.state() == Trial.State.FINISHED)
              .toList();
      if (!finished.isEmpty()) {
        List<Trial> bestFirst = new ArrayList<>(finished);
        bestFirst.sort(Comparator.comparing(Trial::value, goal.bestFirst()));
        confirmed.add(
            new Confirmed(
                trial,
                Spread.of(finished.stream().map(Trial::value).toList()),
                bestFirst.get((bestFirst.size() - 1) / 2)));
      }
    }
    confirmed.sort(
        Comparator.comparingInt((Confirmed one) -> -one.spread().values().size())
            .thenComparing(one -> one.spread().mean(), goal.bestFirst()));
    return confirmed;
  }

  /** Trials by how good they are: those that were trained again, then the others. */
  static List<BestFew.Candidate> candidates(List<Confirmed> confirmed, List<Trial> ranked) {
    List<BestFew.Candidate> candidates = new ArrayList<>();
    confirmed.forEach(one -> candidates.add(new BestFew.Candidate(one.trial(), one.median())));
    for (Trial trial : ranked) {
      if (confirmed.stream().noneMatch(one -> one.trial().number() == trial.number())) {
        candidates.add(new BestFew.Candidate(trial, trial));
      }
    }
    return candidates;
  }
}
