package dev.almanac.training.model;

import dev.almanac.training.graph.Graph;
import dev.almanac.training.setting.Setting;
import dev.almanac.training.setting.Settings;
import java.util.List;

/**
 * A model that suits the dataset, which settles all that a config leaves open: a {@link MlpFamily},
 * whose settings it has.
 */
final class AutoFamily implements ModelFamily {
  private final MlpFamily mlp = new MlpFamily();

  @Override
  public String name() {
    return ModelFamilies.AUTO;
  }

  @Override
  public List<Setting> settings() {
    return mlp.settings();
  }

  @Override
  public Graph build(ModelShape shape, Settings settings) {
    return mlp.build(shape, settings);
  }
}
