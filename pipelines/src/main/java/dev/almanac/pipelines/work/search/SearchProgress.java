package dev.almanac.pipelines.work.search;

import dev.almanac.pipelines.config.SearchConfig;
import dev.almanac.pipelines.work.ConfigFile;
import dev.almanac.pipelines.work.Figures;
import dev.almanac.pipelines.work.Progress;
import dev.almanac.training.search.Budget;
import dev.almanac.training.search.StudyListener;
import dev.almanac.training.search.sample.Samplers;
import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Report;
import dev.almanac.training.search.trial.Trial;

/**
 * Shows a search: a line when a trial starts and another when it ends, and how many have ended, how
 * long the others will take and which is the best so far.
 */
final class SearchProgress implements StudyListener {
  private final Progress progress;
  private final String metric;
  private final Goal goal;
  private final long total;
  private long done;
  private Trial best;

  /**
   * @param total trials, those of earlier searches among them; 0 when it is not known
   */
  SearchProgress(Progress progress, String metric, Goal goal, long total) {
    this.progress = progress;
    this.metric = metric;
    this.goal = goal;
    this.total = total;
  }

  static SearchProgress of(SearchConfig search, Progress progress) {
    int distinct = Samplers.of(search.sampler(), search.goal()).trials(search.space());
    return new SearchProgress(
        progress, search.metric(), search.goal(), total(search.conduct().budget(), distinct));
  }

  /** 0 when nobody knows. */
  private static long total(Budget budget, int distinct) {
    long total = Math.min(budget.trials() == null ? Integer.MAX_VALUE : budget.trials(), distinct);
    return total == Integer.MAX_VALUE ? 0 : total;
  }

  @Override
  public void known(Trial trial) {
    count(trial);
    progress.line(outcome(trial) + " (before)");
  }

  @Override
  public void started(Trial trial) {
    if (trial.reached() > 0) {
      progress.line("trial %s: goes on after %s".formatted(trial.number(), place(trial)));
      return;
    }
    progress.line(
        "trial %s: started, %s"
            .formatted(trial.number(), String.join(" ", ConfigFile.settings(trial.assignment()))));
    show();
  }

  private static String place(Trial trial) {
    Report last = trial.reports().get(trial.reports().size() - 1);
    return last.resource().at(last.at());
  }

  @Override
  public void rung(Trial trial) {
    if (trial.state() == Trial.State.PAUSED) {
      progress.line(
          "trial %s: waits after %s, %s %s%s"
              .formatted(
                  trial.number(),
                  place(trial),
                  metric,
                  Figures.number(trial.value()),
                  trial.reason() == null ? "" : ", " + trial.reason()));
    }
  }

  @Override
  public void ended(Trial trial) {
    count(trial);
    progress.line(outcome(trial));
    show();
  }

  private void count(Trial trial) {
    if (!trial.isTakenOver()) {
      done++;
    }
    if (trial.state() == Trial.State.FINISHED
        && (best == null || goal.bestFirst().compare(trial.value(), best.value()) < 0)) {
      best = trial;
    }
  }

  private void show() {
    progress.step(
        "searching",
        done,
        total,
        "trials",
        best == null
            ? ""
            : "best %s %s (trial %s)"
                .formatted(metric, Figures.number(best.value()), best.number()));
  }

  private String outcome(Trial trial) {
    return trial.state() == Trial.State.FINISHED
        ? "trial %s: %s %s, %s, run %s"
            .formatted(
                trial.number(),
                metric,
                Figures.number(trial.value()),
                trial.isTakenOver() ? "taken over" : Figures.duration(trial.seconds()),
                trial.runId())
        : "trial %s: %s, %s".formatted(trial.number(), trial.state().text(), trial.reason());
  }
}
