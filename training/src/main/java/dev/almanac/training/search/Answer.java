package dev.almanac.training.search;

import dev.almanac.training.search.space.SearchException;
import dev.almanac.training.search.trial.Report;
import dev.almanac.training.search.trial.Resource;
import dev.almanac.training.search.trial.Trial;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of a segment.
 *
 * @param outcome null when it failed or was cancelled
 * @param failure why it failed; null when it did not
 * @param cancellation why it was cancelled; null when it was not
 * @param seconds that it took
 */
record Answer(Objective.Outcome outcome, String failure, String cancellation, double seconds) {
  /**
   * Trains a segment.
   *
   * @throws InterruptedException when it was stopped from outside
   * @throws SearchException when it is not the trial's fault
   */
  static Answer of(Objective objective, Trial trial, int until) throws InterruptedException {
    long start = System.nanoTime();
    try {
      return new Answer(objective.evaluate(trial, until), null, null, seconds(start));
    } catch (InterruptedException | SearchException stopped) {
      throw stopped;
    } catch (TrialCancelledException e) {
      return new Answer(null, null, e.getMessage(), seconds(start));
    } catch (Exception e) {
      String why = e.getMessage() == null ? e.toString() : e.getMessage();
      return new Answer(null, why, null, seconds(start));
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** The trial after the segment: still running when the study has to say what becomes of it. */
  Trial of(Segment segment, String metric, Resource resource) {
    Trial trial = segment.trial();
    if (failure != null) {
      return trial.failed(failure, seconds);
    } else if (cancellation != null) {
      return trial.cancelled(cancellation, seconds);
    }
    List<Report> sound = new ArrayList<>();
    for (Report report : outcome.reports()) {
      if (!Double.isFinite(report.value())) {
        return with(trial, sound)
            .failed(
                "Cannot go on with trial %s: its %s after %s is not finite (%s)"
                    .formatted(
                        trial.number(), metric, report.resource().at(report.at()), report.value()),
                seconds);
      }
      if (report.at() <= segment.until()) {
        sound.add(report);
      }
    }
    if (outcome.ended()) {
      return isFinite(outcome.value())
          ? with(trial, sound).trained(Trial.State.FINISHED, outcome.value(), sound, seconds)
          : with(trial, sound)
              .failed(
                  "Cannot use trial %s: its value is not finite (%s)"
                      .formatted(trial.number(), outcome.value()),
                  seconds);
    }
    Trial now = with(trial, sound);
    if (now.reached() <= trial.reached()) {
      return now.failed(
          "Cannot go on with trial %s: it was to train until %s and reported nothing after %s"
              .formatted(
                  trial.number(), resource.at(segment.until()), resource.at(trial.reached())),
          seconds);
    }
    return now.trained(Trial.State.RUNNING, sound.get(sound.size() - 1).value(), sound, seconds);
  }

  private Trial with(Trial trial, List<Report> reports) {
    String run = outcome.runId() == null ? trial.runId() : outcome.runId();
    return new Trial(
        trial.number(),
        trial.origin(),
        trial.assignment(),
        trial.state(),
        trial.value(),
        reports,
        run,
        trial.seconds(),
        null);
  }

  private static boolean isFinite(Double value) {
    return value != null && Double.isFinite(value);
  }
}
