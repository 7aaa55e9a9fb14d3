package dev.almanac.training.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.almanac.training.model.ModelShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Direct buffers as tensors: on the processor without a copy, so the buffers must live as long. */
final class ModelInput {
  private ModelInput() {}

  /** What a block of this shape takes. */
  static NDList of(
      NDManager manager, ModelShape shape, ByteBuffer numeric, ByteBuffer categories, int rows) {
    NDList inputs = new NDList(2);
    if (shape.numeric() > 0) {
      inputs.add(tensor(manager, numeric, DataType.FLOAT32, rows, shape.numeric()));
    }
    if (!shape.nominal().isEmpty()) {
      inputs.add(tensor(manager, categories, DataType.INT32, rows, shape.nominal().size()));
    }
    return inputs;
  }

  static NDArray labels(NDManager manager, ByteBuffer labels, int rows) {
    return tensor(manager, labels, DataType.FLOAT32, rows);
  }

  private static NDArray tensor(
      NDManager manager, ByteBuffer buffer, DataType type, long... dimensions) {
    Shape shape = new Shape(dimensions);
    // A slice, since the native side ignores where a buffer's position stands.
    ByteBuffer exact =
        buffer
            .slice(0, Math.toIntExact(shape.size() * type.getNumOfBytes()))
            .order(ByteOrder.nativeOrder());
    return manager.create(exact, shape, type);
  }
}
