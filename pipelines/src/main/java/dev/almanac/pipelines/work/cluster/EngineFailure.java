package dev.almanac.pipelines.work.cluster;

import dev.almanac.pipelines.work.Engine;
import dev.almanac.training.search.space.SearchException;
import dev.almanac.transforms.problem.Foreseen;

/** What is told of a pipeline that failed, whichever way its engine wraps the reason. */
final class EngineFailure {
  private EngineFailure() {}

  static SearchException of(Engine engine, Throwable thrown) {
    Throwable last = thrown;
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof Foreseen) {
        return new SearchException(at.getMessage());
      }
      last = at;
    }
    // Spark says in its log alone that no master answers, and trips over its own absence then.
    boolean isSpeechless = last.getMessage() == null || last instanceof NullPointerException;
    String why = isSpeechless ? "the engine gave up; what it logged says why" : last.getMessage();
    return new SearchException(
        "Cannot train on %s: %s; the same command goes on once that is mended"
            .formatted(engine.runner(), why.lines().findFirst().orElse(why)));
  }
}
