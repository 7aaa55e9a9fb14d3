package dev.almanac.training.model;

import dev.almanac.training.graph.Graph;
import java.util.List;

/**
 * A kind of model: its name in a config, what may be chosen, and how it is built.
 *
 * <p>Implementations are stateless; {@link ModelFamilies} lists them.
 */
public interface ModelFamily {
  /** The name in {@code train.model.family}. */
  String name();

  /** What a config may choose, in the order in which it is written. */
  List<Setting> settings();

  /**
   * The layers of a model.
   *
   * @param settings of this family, complete
   */
  Graph build(ModelShape shape, ModelSettings settings);
}
