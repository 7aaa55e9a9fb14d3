package dev.almanac.training.search.trial;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.transforms.problem.RefusedException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One trial of a study, and its result once there is one.
 *
 * @param number from 0
 * @param assignment the value of each config path that this trial sets
 * @param value of the study's metric; null unless finished
 * @param runId the run that it makes, known from its start; null when it makes none
 * @param seconds it took; null while it runs
 * @param error why it failed; null unless it did
 */
public record Trial(
    int number,
    Map<String, JsonNode> assignment,
    State state,
    Double value,
    String runId,
    Double seconds,
    String error) {

  public Trial {
    assignment = Collections.unmodifiableMap(new LinkedHashMap<>(assignment));
    if (state == null || state == State.FINISHED && value == null) {
      throw new IllegalArgumentException(
          "Cannot read a trial: it has a state, and a value once it has finished (%s, %s)"
              .formatted(state, value));
    }
  }

  /** How far a trial is. */
  public enum State {
    /** Started, and not ended: under way, or interrupted when its study was. */
    RUNNING("running"),
    FINISHED("finished"),
    FAILED("failed");

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
          "Cannot read a trial: states are running, finished, failed (%s)".formatted(text));
    }
  }

  public static Trial running(int number, Map<String, JsonNode> assignment) {
    return new Trial(number, assignment, State.RUNNING, null, null, null, null);
  }

  /** The same, under way as this run. */
  public Trial as(String run) {
    return new Trial(number, assignment, State.RUNNING, null, run, null, null);
  }

  public Trial finished(double value, String runId, double seconds) {
    return new Trial(number, assignment, State.FINISHED, value, runId, seconds, null);
  }

  public Trial failed(String error, double seconds) {
    return new Trial(number, assignment, State.FAILED, null, runId, seconds, error);
  }

  public boolean hasEnded() {
    return state != State.RUNNING;
  }
}
