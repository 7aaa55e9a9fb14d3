package dev.almanac.training.search;

import dev.almanac.training.search.trial.Given;
import java.util.List;

/**
 * How far a study goes now, and with how many hands; none of it changes what a trial is worth.
 *
 * @param parallel trials that this process works on at once
 * @param given trials that come before those of the sampler, in this order
 */
public record Effort(Budget budget, int parallel, List<Given> given) {
  public Effort {
    given = List.copyOf(given);
  }

  public static Effort of(int trials, int parallel) {
    return new Effort(Budget.ofTrials(trials), parallel, List.of());
  }
}
