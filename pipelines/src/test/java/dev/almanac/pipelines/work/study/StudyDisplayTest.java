package dev.almanac.pipelines.work.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.pipelines.work.Progress;
import dev.almanac.training.search.Budget;
import dev.almanac.training.search.Course;
import dev.almanac.training.search.Effort;
import dev.almanac.training.search.Objective;
import dev.almanac.training.search.Order;
import dev.almanac.training.search.Study;
import dev.almanac.training.search.StudyConfig;
import dev.almanac.training.search.space.SearchSpaceReader;
import dev.almanac.training.search.trial.Epochs;
import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.Problems;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class StudyDisplayTest {
  private static final String SPACE = "{\"x\": {\"float\": [0, 1]}}";

  @TempDir Path folder;

  /** Others end while the first trial, whose result is heard before theirs, is still trained. */
  @Test
  @Timeout(60)
  void aWorkerIsFreeWhenItHasTrainedNotWhenTheResultIsHeard() throws Exception {
    CountDownLatch others = new CountDownLatch(4);
    Objective objective =
        (trial, until) -> {
          if (trial.number() == 0) {
            others.await();
          } else {
            others.countDown();
          }
          return Objective.Outcome.of(trial.assignment().get("x").doubleValue(), null);
        };
    StudyConfig question =
        new StudyConfig(
            "display",
            "random",
            1,
            "validation.mae",
            Goal.MINIMIZE,
            Json.tree(SPACE, "space"),
            "base",
            new Course(
                Order.DETERMINISTIC,
                8,
                Json.tree("{\"name\": \"none\"}", "pruner"),
                new Epochs("train.epochs", 1)));
    Problems problems = new Problems();
    try (Study study =
            Study.open(
                folder.toString(),
                question,
                SearchSpaceReader.read(Json.tree(SPACE, "space"), problems),
                false);
        StudyDisplay display = new StudyDisplay(folder.toString(), Progress.NONE)) {
      study.run(objective, new Effort(Budget.ofTrials(6), 2, List.of()), display);
    }
    List<TrialSegment> segments = StudyPages.segments(folder.toString());
    assertEquals(6, segments.size());
    for (TrialSegment segment : segments) {
      assertTrue(segment.worker() < 2, segment::toString);
      assertEquals(Trial.State.FINISHED.text(), segment.state());
      for (TrialSegment other : segments) {
        boolean isApart =
            !Instant.parse(segment.until()).isAfter(Instant.parse(other.since()))
                || !Instant.parse(other.until()).isAfter(Instant.parse(segment.since()));
        assertTrue(
            isApart || other.equals(segment) || other.worker() != segment.worker(),
            () -> segment + " and " + other);
      }
    }
  }
}
