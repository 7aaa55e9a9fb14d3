package dev.almanac.training.search.trial;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.transforms.problem.RefusedException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One trial of a study, and its result once there is one.
 *
 * @param number from 0
 * @param origin what suggested it: a sampler's name, {@code default}, {@code given}, or {@code run}
 *     and the id of a run that was taken over
 * @param assignment the value of each config path that this trial sets
 * @param value of the study's metric, of the model kept; null unless finished, or pruned or paused
 *     after it was measured
 * @param reports in ascending order, of all that it trained
 * @param runId the run that it makes, known from its start; null when it makes none
 * @param seconds it took, its pauses apart; null before its first segment has ended
 * @param reason why it failed, was pruned or was cancelled, or that it waits because the study was
 *     over; null otherwise
 */
public record Trial(
    int number,
    String origin,
    Map<String, JsonNode> assignment,
    State state,
    Double value,
    List<Report> reports,
    String runId,
    Double seconds,
    String reason) {

  /** How the origin of a trial of an earlier study begins; the id of its run follows. */
  public static final String TAKEN_OVER = "run ";

  public Trial {
    assignment = Collections.unmodifiableMap(new LinkedHashMap<>(assignment));
    reports = reports == null ? List.of() : List.copyOf(reports);
    if (origin == null || state == null || state == State.FINISHED && value == null) {
      throw new IllegalArgumentException(
          "Cannot read a trial: it has an origin, a state, and a value once it has finished (%s, %s, %s)"
              .formatted(origin, state, value));
    }
  }

  /** How far a trial is. */
  public enum State {
    /** Started, and not ended: under way, or interrupted when its study was. */
    RUNNING("running"),
    /** Waits at a rung, and may be gone on with. */
    PAUSED("paused"),
    FINISHED("finished"),
    /** Ended early by the study. */
    PRUNED("pruned"),
    FAILED("failed"),
    /** Ended by a person. */
    CANCELLED("cancelled");

    private final String text;

    State(String text) {
      this.text = text;
    }

    @JsonValue
    public String text() {
      return text;
    }

    @JsonCreator
    static State of(String text) {
      for (State state : values()) {
        if (state.text.equals(text)) {
          return state;
        }
      }
      throw new RefusedException(
          "Cannot read a trial: states are %s (%s)"
              .formatted(
                  Arrays.stream(values()).map(State::text).collect(Collectors.joining(", ")),
                  text));
    }
  }

  public static Trial running(int number, String origin, Map<String, JsonNode> assignment) {
    return new Trial(number, origin, assignment, State.RUNNING, null, List.of(), null, null, null);
  }

  /** The same, under way as this run. */
  public Trial as(String run) {
    return new Trial(number, origin, assignment, State.RUNNING, value, reports, run, seconds, null);
  }

  /**
   * The same after more training.
   *
   * @param more seconds that it took
   */
  public Trial trained(State now, Double reached, List<Report> all, double more) {
    return new Trial(number, origin, assignment, now, reached, all, runId, plus(more), null);
  }

  /** The same, of this run. */
  public Trial of(String run) {
    return new Trial(number, origin, assignment, state, value, reports, run, seconds, reason);
  }

  /** The same with what its run has reported while nobody has judged it yet. */
  public Trial reported(List<Report> all) {
    return new Trial(number, origin, assignment, state, value, all, runId, seconds, reason);
  }

  public Trial failed(String why, double more) {
    return new Trial(
        number, origin, assignment, State.FAILED, null, reports, runId, plus(more), why);
  }

  /** The same, ended by a person. */
  public Trial cancelled(String why, double more) {
    return new Trial(
        number, origin, assignment, State.CANCELLED, null, reports, runId, plus(more), why);
  }

  /** The same, ended early. */
  public Trial pruned(String why) {
    return new Trial(number, origin, assignment, State.PRUNED, value, reports, runId, seconds, why);
  }

  private double plus(double more) {
    return Math.round(((seconds == null ? 0 : seconds) + more) * 1e3) / 1e3;
  }

  /** The same, waiting. */
  public Trial paused(String why) {
    return new Trial(number, origin, assignment, State.PAUSED, value, reports, runId, seconds, why);
  }

  /** Whether an earlier study trained it. */
  public boolean isTakenOver() {
    return origin.startsWith(TAKEN_OVER);
  }

  /** Whether nothing more comes of it. */
  public boolean hasEnded() {
    return state != State.RUNNING && state != State.PAUSED;
  }

  /** How much it has trained, as far as it reported; 0 before its first report. */
  public int reached() {
    return reports.isEmpty() ? 0 : reports.get(reports.size() - 1).at();
  }

  /**
   * What it reported when it had trained so much, or at the last time before; null when there is
   * none.
   */
  public Double valueAt(int place) {
    Double value = null;
    for (Report report : reports) {
      if (report.at() > place) {
        break;
      }
      value = report.value();
    }
    return value;
  }
}
