package dev.almanac.training.run.find;

import java.util.List;

/** The facts of one run, by the names of their keys. */
@FunctionalInterface
public interface Facts {
  /** Null when the run has no such fact. */
  Value get(String key);

  /** Whether a value is there in any of these. */
  default boolean hasAny(List<String> keys) {
    return keys.stream().anyMatch(key -> get(key) != null);
  }
}
