package dev.almanac.training.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.List;

/** {@link MlpFamily}'s model. Weights of a layer are {@code [outputs, inputs]}. */
final class MlpBlock extends TabularBlock {
  private static final double EMBEDDING_BOUND = 0.1;

  private final List<Parameter> weights = new ArrayList<>();
  private final List<Parameter> biases = new ArrayList<>();
  private final String activation;
  private final float dropout;

  MlpBlock(ModelShape shape, ModelSettings settings, long seed) {
    super(shape, seed);
    activation = settings.text("activation");
    dropout = (float) settings.number("dropout");
    int inputs = shape.numeric();
    for (var category : shape.nominal()) {
      int width = Math.min(settings.wholeNumber("embedding"), (category.cardinality() + 1) / 2);
      inputs += table("embedding", EMBEDDING_BOUND, width).width();
    }
    int layer = 0;
    for (int units : settings.wholeNumbers("hidden")) {
      layer("hidden." + layer++, inputs, units, Math.sqrt(6.0 / inputs));
      inputs = units;
    }
    layer("output", inputs, shape.outputs(), Math.sqrt(1.0 / inputs));
  }

  private void layer(String name, int inputs, int outputs, double bound) {
    weights.add(uniform(name + ".weight", bound, outputs, inputs));
    biases.add(zeros(name + ".bias", outputs));
  }

  @Override
  NDArray forward(ParameterStore store, NDArray numeric, NDArray categories, boolean training) {
    NDArray units = inputs(store, numeric, categories);
    int last = weights.size() - 1;
    for (int layer = 0; layer < last; layer++) {
      units = activate(linear(store, units, layer));
      if (training && dropout > 0) {
        units = Dropout.dropout(units, dropout, true).singletonOrThrow();
      }
    }
    return linear(store, units, last);
  }

  private NDArray inputs(ParameterStore store, NDArray numeric, NDArray categories) {
    NDList parts = new NDList();
    if (numeric != null) {
      parts.add(numeric);
    }
    for (CategoryTable table : tables()) {
      parts.add(table.lookUp(store, categories));
    }
    return parts.size() == 1 ? parts.get(0) : NDArrays.concat(parts, 1);
  }

  private NDArray linear(ParameterStore store, NDArray units, int layer) {
    NDArray weight = store.getValue(weights.get(layer), units.getDevice(), true);
    NDArray bias = store.getValue(biases.get(layer), units.getDevice(), true);
    return Linear.linear(units, weight, bias).singletonOrThrow();
  }

  private NDArray activate(NDArray units) {
    return switch (activation) {
      case "relu" -> Activation.relu(units);
      case "silu" -> Activation.swish(units, 1f);
      case "gelu" -> Activation.gelu(units);
      default -> throw new IllegalStateException(activation);
    };
  }
}
