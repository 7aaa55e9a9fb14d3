package dev.almanac.training.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.almanac.training.feed.BufferRows;
import dev.almanac.training.graph.Graph;
import dev.almanac.training.graph.Script;
import dev.almanac.training.model.ModelShape;
import dev.almanac.training.model.TrainedModel;
import java.nio.ByteBuffer;

/** A model with fixed weights on a device. Not thread-safe. */
public final class ForwardPass implements AutoCloseable {
  private static final int MOST_ROWS = 1 << 16;

  private final ModelShape shape;
  private final Program program;
  private final IValue slice;

  public ForwardPass(TrainedModel model, Compute compute) {
    this.shape = model.shape();
    Graph graph = model.graph();
    Script script = Script.scoring(graph);
    this.program =
        new Program(compute, graph, script, "", model.weights(), MOST_ROWS, DataType.FLOAT32);
    this.slice = program.keep(IValue.from((long) program.slice()));
  }

  /** Goes on with other weights. */
  public void weights(float[] changed) {
    program.put(changed, program.weights());
  }

  /** The outputs of these rows, row by row. */
  public float[] outputs(ByteBuffer numeric, ByteBuffer categories, int rows) {
    BufferRows all = new BufferRows(rows, numeric, categories, null);
    try (DevicePiece piece = new DevicePiece(all, shape, program);
        DevicePiece.Batch batch = piece.batch(0, rows);
        CallNumbers numbers = new CallNumbers();
        IValue made =
            program.call(
                "outputs",
                batch.numeric(),
                batch.categories(),
                program.parameters(),
                program.buffers(),
                program.constants(),
                slice,
                numbers.of((long) rows));
        NDArray outputs = made.toTensor((PtNDManager) program.manager())) {
      return outputs.toFloatArray();
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
