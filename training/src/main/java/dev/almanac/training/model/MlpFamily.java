package dev.almanac.training.model;

import java.util.List;

/**
 * Layers of units, each fully connected to the one before; categories enter as embeddings.
 *
 * <p>Settings: {@code hidden} (units of each layer), {@code embedding} (numbers a category; a
 * column with few categories gets at most half as many as it has, and at least one), {@code
 * dropout} (share of each hidden layer's units dropped while training) and {@code activation}.
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
    return List.of(
        Setting.wholeNumbers("hidden", List.of(256, 128, 64), 1, 16_384, 32),
        Setting.wholeNumber("embedding", 8, 1, 1024),
        Setting.number("dropout", 0.0, 0.0, 1.0),
        Setting.choice("activation", "relu", List.of("relu", "silu", "gelu")));
  }

  @Override
  public TabularBlock build(ModelShape shape, ModelSettings settings, long seed) {
    return new MlpBlock(shape, settings, seed);
  }
}
