package dev.almanac.training.model;

import dev.almanac.training.graph.Graph;
import dev.almanac.training.graph.GraphBuilder;
import dev.almanac.training.graph.Value;
import dev.almanac.training.setting.Rule;
import dev.almanac.training.setting.Setting;
import dev.almanac.training.setting.Settings;
import java.util.List;

/**
 * Layers of units, each fully connected to the one before.
 *
 * <p>Settings: {@code hidden} (units of each layer), {@code dropout} (share of each hidden layer's
 * units dropped while training), {@code activation}, {@code norm} (before the activation), {@code
 * members} and those of {@link Features}.
 *
 * <p>Of more than one member the model is an ensemble in one, TabM-mini of Gorishniy et al. 2024,
 * "TabM: Advancing Tabular Deep Learning with Parameter-Efficient Ensembling" (arXiv 2410.24210):
 * members multiply a row by numbers of their own, share the hidden layers and have outputs of their
 * own. Each is trained by its own loss; the model's output is the mean of theirs.
 *
 * <p>First weights: hidden layers uniform with variance {@code 2 / inputs} (He et al. 2015, arXiv
 * 1502.01852), the output layer uniform with variance {@code 1 / (3 inputs)}, biases 0, embeddings
 * uniform within 0.1 of 0.
 */
final class MlpFamily implements ModelFamily {
  @Override
  public String name() {
    return "mlp";
  }

  @Override
  public List<Setting> settings() {
    return Features.settings(
        Setting.wholes("hidden", List.of(256, 128, 64), 1, 16_384, 32),
        Setting.whole("embedding", 8, 1, 1024),
        Setting.number("dropout", 0, Rule.Decimal.SHARE),
        Setting.word("activation", "relu", GraphBuilder.activations()),
        Setting.word("norm", Layers.NO_NORM, Layers.NORMS),
        Layers.members());
  }

  @Override
  public Graph build(ModelShape shape, Settings settings) {
    GraphBuilder graph = Features.builder(shape);
    Value row = Layers.spread(graph, settings, new Features(graph, shape, settings).row());
    return graph.build(Layers.output(graph, shape, Layers.hidden(graph, settings, row)));
  }
}
