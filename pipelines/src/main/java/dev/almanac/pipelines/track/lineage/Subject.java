package dev.almanac.pipelines.track.lineage;

import java.io.IOException;

/**
 * A piece of work that OpenLineage is told of.
 *
 * @param <M> what it makes
 */
public sealed interface Subject<M> permits PrepareLineage, PredictLineage {
  /** The config's name. */
  String config();

  /** Prepare or predict. */
  String what();

  /**
   * What it reads and makes.
   *
   * @param made null when it has made nothing, or not yet
   */
  Data data(M made) throws IOException;
}
