package dev.almanac.pipelines.work.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.almanac.pipelines.work.study.Confirmed;
import dev.almanac.training.search.trial.Given;
import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Trial;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfirmingTest {
  private static final List<Trial> BEST = List.of(trial(4, 1.0), trial(7, 1.1));

  private static Trial trial(int number, double value) {
    return Trial.running(number, "random", Map.of("train.batch-size", new IntNode(64 + number)))
        .trained(Trial.State.FINISHED, value, List.of(), 1);
  }

  private static List<Trial> ended(List<Given> trainings, double... values) {
    List<Trial> ended = new ArrayList<>();
    for (int i = 0; i < trainings.size(); i++) {
      Trial trial = trainings.get(i).trial(i).as("run-" + i);
      ended.add(
          Double.isNaN(values[i])
              ? trial.failed("the loss is NaN", 1)
              : trial.trained(Trial.State.FINISHED, values[i], List.of(), 1));
    }
    return ended;
  }

  @Test
  void everyTrainingHasASeedOfItsOwnThatFollowsFromTheStudy() {
    List<Given> trainings = Confirming.trainings(BEST, 5, 42);
    assertEquals(10, trainings.size());
    assertEquals(
        10,
        new HashSet<>(trainings.stream().map(t -> t.assignment().get("train.seed")).toList())
            .size());
    assertEquals(trainings, Confirming.trainings(BEST, 5, 42));
    assertNotEquals(trainings, Confirming.trainings(BEST, 5, 43));
    assertEquals(new IntNode(71), trainings.get(1).assignment().get("train.batch-size"));
  }

  @Test
  void theBestMeanIsFirstAndItsMedianRunStandsForIt() {
    List<Given> trainings = Confirming.trainings(BEST, 3, 42);
    List<Trial> again = ended(trainings, 9.0, 1.3, 1.0, 1.2, 1.1, 1.4);
    List<Confirmed> low = Confirmed.of(BEST, again, Goal.MINIMIZE);
    assertEquals(List.of(7, 4), low.stream().map(one -> one.trial().number()).toList());
    assertEquals(1.3, low.get(0).spread().mean(), 1e-12);
    assertEquals(0.1, low.get(0).spread().sd(), 1e-12);
    assertEquals("run-1", low.get(0).median().runId());
    List<Confirmed> high = Confirmed.of(BEST, again, Goal.MAXIMIZE);
    assertEquals(4, high.get(0).trial().number());
  }

  @Test
  void aTrialThatFailsUnderSomeSeedsStandsBehind() {
    List<Given> trainings = Confirming.trainings(BEST, 2, 42);
    List<Confirmed> some =
        Confirmed.of(BEST, ended(trainings, 0.1, 5, Double.NaN, 6), Goal.MINIMIZE);
    assertEquals(List.of(7, 4), some.stream().map(one -> one.trial().number()).toList());
    assertEquals(List.of(0.1), some.get(1).spread().values());
    List<Confirmed> one =
        Confirmed.of(BEST, ended(trainings, Double.NaN, 5, Double.NaN, 6), Goal.MINIMIZE);
    assertEquals(1, one.size());
  }

  @Test
  void trainingsThatConfirmStandBeforeTheOthersTheMedianSeedOfEachFirst() {
    List<Given> trainings = Confirming.trainings(BEST, 3, 42);
    List<Trial> again = ended(trainings, 9.0, 1.3, 1.0, 1.2, 1.1, 1.4);
    List<Trial> ranked = new ArrayList<>(BEST);
    ranked.add(trial(2, 1.2).as("run-of-2"));
    List<BestFew.Candidate> candidates =
        BestFew.candidates(Confirmed.of(BEST, again, Goal.MINIMIZE), ranked);
    assertEquals(
        List.of(7, 7, 7, 4, 4, 4, 2),
        candidates.stream().map(one -> one.trial().number()).toList());
    assertEquals(
        List.of("run-1", "run-3", "run-5", "run-4", "run-2", "run-0", "run-of-2"),
        candidates.stream().map(one -> one.made().runId()).toList());
  }
}
