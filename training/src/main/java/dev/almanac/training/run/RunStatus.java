package dev.almanac.training.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * How far a run has come. Whoever writes one holds the lease of the run's folder: the process that
 * trains, the search that ended its trial, or for {@link #LOST} whoever looks.
 */
public enum RunStatus {
  /** Training; or killed a moment ago, and nobody has looked since. */
  RUNNING("running"),
  /**
   * Has trained as far as its search wanted for now, and wrote its checkpoint; goes on when it is
   * promoted. Also when its study has ended: with a larger budget the study may promote it.
   */
  PAUSED("paused"),
  /**
   * Was told to end before it had finished (Ctrl-C, SIGTERM, a search's time is over), and wrote
   * its checkpoint; can be gone on with.
   */
  STOPPED("stopped"),
  /** Its model is there. */
  FINISHED("finished"),
  /** A search ended it for good, since others were better: no model, no checkpoint, a reason. */
  PRUNED("pruned"),
  /** A person ended it for good: no model, no checkpoint, a reason. */
  CANCELLED("cancelled"),
  /** It has no model; the record says why. Can be tried again from its newest checkpoint. */
  FAILED("failed"),
  /** Its process ended without a word, as whoever looked next has noted; can be gone on with. */
  LOST("lost");

  private final String text;

  RunStatus(String text) {
    this.text = text;
  }

  @JsonValue
  public String text() {
    return text;
  }

  /** Whether it ended for good: nothing can go on with it. */
  public boolean isOver() {
    return this == FINISHED || this == PRUNED || this == CANCELLED;
  }

  /** Whether a model was kept, which alone can predict. */
  public boolean hasModel() {
    return this == FINISHED;
  }

  /**
   * The status with this name.
   *
   * @throws IllegalArgumentException naming those there are
   */
  @JsonCreator
  public static RunStatus of(String text) {
    for (RunStatus status : values()) {
      if (status.text.equals(text)) {
        return status;
      }
    }
    throw new IllegalArgumentException(
        "Cannot read run status '%s': they are %s"
            .formatted(
                text,
                Arrays.stream(values()).map(RunStatus::text).collect(Collectors.joining(", "))));
  }
}
