package dev.almanac.training.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How far a run has come. */
public enum RunStatus {
  /** Training; or killed a moment ago, and nobody has looked since. */
  RUNNING("running"),
  /** Was told to end before it had finished, and can be gone on with. */
  STOPPED("stopped"),
  /** Its model is there. */
  FINISHED("finished"),
  /** It has no model; the record says why. */
  FAILED("failed"),
  /** Its process ended without a word; can be gone on with. */
  LOST("lost");

  private final String text;

  RunStatus(String text) {
    this.text = text;
  }

  @JsonValue
  public String text() {
    return text;
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
        "Cannot read run status '%s': they are running, stopped, finished, failed, lost"
            .formatted(text));
  }
}
