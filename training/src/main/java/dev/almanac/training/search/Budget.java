package dev.almanac.training.search;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/**
 * When a study is over: as soon as the first of these is used up. Null where there is no bound.
 *
 * @param trials that it begins, those of earlier processes included and those taken over left out
 * @param epochs that all trials train together, those of earlier processes included; never more
 * @param seconds that this process searches
 * @param target a value of a finished trial that is good enough
 * @param plateau trials in a row none of which is better than the best before them
 */
public record Budget(Integer trials, Long epochs, Long seconds, Double target, Integer plateau) {
  /** Of trials alone. */
  public static Budget ofTrials(int trials) {
    return new Budget(trials, null, null, null, null);
  }

  /** What ended a study. */
  public enum End {
    TRIALS("trials"),
    EPOCHS("epochs"),
    TIME("time"),
    TARGET("target"),
    PLATEAU("plateau"),
    /** The sampler has no more to suggest. */
    SPACE("space");

    private final String text;

    End(String text) {
      this.text = text;
    }

    @JsonValue
    public String text() {
      return text;
    }

    @JsonCreator
    static End of(String text) {
      return Arrays.stream(values())
          .filter(end -> end.text.equals(text))
          .findFirst()
          .orElseThrow(
              () -> new IllegalArgumentException("Cannot read what ended a study: " + text));
    }
  }
}
