package dev.almanac.training.model;

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
   * A new model.
   *
   * <p>Its first weights are a pure function of the seed and of each parameter's name and shape,
   * the same on every machine and device.
   *
   * @param settings of this family, complete
   */
  TabularBlock build(ModelShape shape, ModelSettings settings, long seed);
}
