package dev.almanac.training.search.sample;

import dev.almanac.training.search.space.SearchException;
import dev.almanac.training.search.trial.Goal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The search algorithms there are. */
public final class Samplers {
  /** The one that takes what suits. */
  public static final String AUTO = "auto";

  /** A new algorithm is one file and one line here. */
  private static final Map<String, Function<Goal, Sampler>> ALL = new LinkedHashMap<>();

  static {
    ALL.put(AUTO, AutoSampler::new);
    ALL.put("random", goal -> new RandomSampler());
    ALL.put("grid", goal -> new GridSampler());
    ALL.put("sobol", goal -> new SobolSampler());
    ALL.put("tpe", TpeSampler::new);
    ALL.put("cma-es", CmaEsSampler::new);
  }

  private Samplers() {}

  public static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  /**
   * The algorithm with this name.
   *
   * @param goal which values of past trials an algorithm that learns takes for the better ones
   * @throws SearchException naming those there are
   */
  public static Sampler of(String name, Goal goal) {
    Function<Goal, Sampler> sampler = ALL.get(name);
    if (sampler == null) {
      throw new SearchException(
          "Cannot search by '%s': samplers are %s".formatted(name, String.join(", ", names())));
    }
    return sampler.apply(goal);
  }
}
