package dev.almanac.training.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import dev.almanac.training.model.TabularBlock;
import dev.almanac.training.model.TrainedModel;
import dev.almanac.training.model.Weights;
import java.nio.ByteBuffer;

/** A model with fixed weights on a device. Not thread-safe. */
final class ForwardPass implements AutoCloseable {
  private final NDManager manager;
  private final TabularBlock block;
  private final ParameterStore views;

  ForwardPass(TrainedModel model, NDManager parent) {
    manager = parent.newSubManager();
    block = model.block();
    Weights weights = model.load(block, manager);
    views = weights.views(weights.vector());
  }

  /** The outputs of these rows, row by row. */
  float[] outputs(ByteBuffer numeric, ByteBuffer categories, int rows) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray outputs =
          block
              .forward(views, ModelInput.of(scope, block.shape(), numeric, categories, rows), false)
              .singletonOrThrow();
      float[] values = outputs.toFloatArray();
      outputs.close();
      return values;
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
