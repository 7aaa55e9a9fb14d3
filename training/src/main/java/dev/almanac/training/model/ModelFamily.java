package dev.almanac.training.model;

import dev.almanac.training.graph.Graph;
import dev.almanac.training.setting.Choice;
import dev.almanac.training.setting.Settings;

/**
 * A kind of model: its name in {@code train.model.family}, what may be chosen, and how it is built.
 *
 * <p>Implementations are stateless; {@link ModelFamilies} lists them.
 */
public interface ModelFamily extends Choice {
  /**
   * The layers of a model.
   *
   * @param settings of this family, complete
   */
  Graph build(ModelShape shape, Settings settings);
}
