package dev.almanac.training.run.change;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * {@code .deleted/deleted-RUN.json}: how far the deleting of a run has come.
 *
 * @param formatVersion of this file; this code writes and reads {@value #FORMAT_VERSION}
 * @param run the name of its folder
 * @param since when it was deleted, as an ISO-8601 instant in UTC
 */
public record Deletion(int formatVersion, String run, State state, String since) {
  static final int FORMAT_VERSION = 1;

  /** How far it has come. */
  public enum State {
    /** Its files are on their way out. */
    DELETING,
    DELETED,
    /** Its files are on their way back. */
    RESTORING,
    /** Its files are being deleted for good. */
    PURGING;

    @JsonValue
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static State of(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }

  Deletion in(State changed) {
    return new Deletion(formatVersion, run, changed, since);
  }
}
