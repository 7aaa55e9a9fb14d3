package dev.almanac.pipelines.work.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.pipelines.work.Progress;
import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SearchProgressTest {
  private final List<String> steps = new ArrayList<>();
  private final Progress console =
      new Progress() {
        @Override
        public void line(String text) {}

        @Override
        public void step(String what, long done, long total, String unit, String note) {
          steps.add("%s %d/%d %s %s".formatted(what, done, total, unit, note).strip());
        }
      };

  private static Trial trial(int number, Double value) {
    Trial.State state = value == null ? Trial.State.FAILED : Trial.State.FINISHED;
    return new Trial(
        number,
        "random",
        Map.of(),
        state,
        value,
        List.of(),
        "run-" + number,
        2.0,
        value == null ? "no" : null);
  }

  @Test
  void itSaysHowManyTrialsHaveEndedAndWhichIsTheBest() {
    SearchProgress progress = new SearchProgress(console, "validation.auc", Goal.MAXIMIZE, 5);
    progress.known(trial(0, 0.5));
    progress.started(trial(1, 0.0));
    progress.ended(trial(1, 0.75));
    progress.ended(trial(2, null));
    progress.ended(trial(3, 0.25));
    assertEquals(
        List.of(
            "searching 1/5 trials best validation.auc 0.5 (trial 0)",
            "searching 2/5 trials best validation.auc 0.75 (trial 1)",
            "searching 3/5 trials best validation.auc 0.75 (trial 1)",
            "searching 4/5 trials best validation.auc 0.75 (trial 1)"),
        steps);
  }

  @Test
  void ofErrorsTheLowestIsTheBest() {
    SearchProgress progress = new SearchProgress(console, "validation.mae", Goal.MINIMIZE, 2);
    progress.ended(trial(0, 2.0));
    progress.ended(trial(1, 1.0));
    assertTrue(steps.get(1).endsWith("best validation.mae 1 (trial 1)"), steps::toString);
  }
}
