package dev.almanac.training.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import java.util.List;

/**
 * A weighted sum: a weight a numeric feature and a weight a category, for each output.
 *
 * <p>The same as a linear model over one-hot columns, which are never made: a category's weights
 * are looked up. All weights start at 0, so the seed changes nothing but the order of rows.
 */
final class LinearFamily implements ModelFamily {
  @Override
  public String name() {
    return "linear";
  }

  @Override
  public List<Setting> settings() {
    return List.of();
  }

  @Override
  public TabularBlock build(ModelShape shape, ModelSettings settings, long seed) {
    return new LinearBlock(shape, seed);
  }

  private static final class LinearBlock extends TabularBlock {
    private final Parameter weight;
    private final Parameter bias;

    LinearBlock(ModelShape shape, long seed) {
      super(shape, seed);
      for (int column = 0; column < shape.nominal().size(); column++) {
        table("category", 0, shape.outputs());
      }
      weight = shape.numeric() == 0 ? null : zeros("numeric", shape.outputs(), shape.numeric());
      bias = zeros("bias", shape.outputs());
    }

    @Override
    NDArray forward(ParameterStore store, NDArray numeric, NDArray categories, boolean training) {
      NDArray any = numeric == null ? categories : numeric;
      NDArray sum = store.getValue(bias, any.getDevice(), true);
      if (numeric != null) {
        NDArray weights = store.getValue(weight, any.getDevice(), true);
        sum = Linear.linear(numeric, weights, sum).singletonOrThrow();
      }
      for (CategoryTable table : tables()) {
        sum = table.lookUp(store, categories).add(sum);
      }
      return sum;
    }
  }
}
