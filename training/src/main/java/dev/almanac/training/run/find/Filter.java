package dev.almanac.training.run.find;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which runs are meant: a condition over their facts, as a person writes it, such as {@code
 * metrics.validation.mae < 25 and params.train.model.family = resnet}.
 *
 * <p>A comparison with a value that a run has not is neither true nor false, nor is its negation: a
 * missing metric matches no comparison, {@code !=} and {@code not} included, and only {@code is
 * null} finds it.
 */
public record Filter(String text, Condition condition) {
  /** Every run. */
  public static final Filter ALL = new Filter("", null);

  /**
   * Reads one.
   *
   * @param text blank for every run
   * @param now what durations such as {@code -7d} are counted from
   * @throws FilterException showing the place
   */
  public static Filter of(String text, Instant now) throws FilterException {
    return text.isBlank() ? ALL : new Filter(text, new FilterReader(text, now).read());
  }

  /** Whether the run is one of them. */
  public boolean matches(Facts facts) {
    return condition == null || condition.of(facts) == Truth.TRUE;
  }

  /** The keys that it looks at, in its order. */
  public Set<Key> keys() {
    Set<Key> keys = new LinkedHashSet<>();
    if (condition != null) {
      condition.addKeys(keys);
    }
    return keys;
  }
}
