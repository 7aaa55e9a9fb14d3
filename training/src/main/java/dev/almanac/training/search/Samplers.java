package dev.almanac.training.search;

import dev.almanac.training.search.space.SearchException;
import java.util.List;

/** The search algorithms there are. */
public final class Samplers {
  /** A new algorithm is one file and one name here. */
  private static final List<Sampler> ALL = List.of(new RandomSampler(), new GridSampler());

  private Samplers() {}

  public static List<String> names() {
    return ALL.stream().map(Sampler::name).toList();
  }

  /**
   * The algorithm with this name.
   *
   * @throws SearchException naming those there are
   */
  public static Sampler of(String name) {
    return ALL.stream()
        .filter(sampler -> sampler.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new SearchException(
                    "Cannot search by '%s': samplers are %s"
                        .formatted(name, String.join(", ", names()))));
  }
}
