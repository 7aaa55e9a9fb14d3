package dev.almanac.training.search.sample;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.space.SearchException;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.trial.Trial;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A search algorithm: which values to try next.
 *
 * <p>Stateless: what it suggests depends only on its arguments, so that a study that was killed and
 * started again tries the same values. Thread-safe.
 */
public interface Sampler {
  /** Its name in a config. */
  String name();

  /** Whether what it suggests depends on what came of the trials before. */
  default boolean learns() {
    return false;
  }

  /**
   * The sampler that suggests the trials of a study: this one, unless it only chooses.
   *
   * @param trials of the budget; null when it has no such bound
   * @param past the study's trials so far
   */
  default Sampler choice(SearchSpace space, Integer trials, List<Trial> past) {
    return this;
  }

  /**
   * The values of a trial by config path, or nothing when the space holds no more.
   *
   * @param number of the trial, from 0
   * @param past the trials before it, by number, those under way among them
   */
  Optional<Map<String, JsonNode>> suggest(
      SearchSpace space, long seed, int number, List<Trial> past);

  /**
   * Checks a space before a study starts.
   *
   * @return how many trials it has for this sampler; {@link Integer#MAX_VALUE} when endless
   * @throws SearchException naming the parameter that this sampler cannot search
   */
  int trials(SearchSpace space);
}
