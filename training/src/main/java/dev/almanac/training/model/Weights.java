package dev.almanac.training.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * All parameters of a model, one after the other in one vector.
 *
 * <p>One vector makes an optimizer's step a few operations however many layers there are, and a
 * copy of all weights one copy. {@link #views} cuts it into the parameters by one {@code split},
 * whose gradient is again one vector. Owned by the thread that trains; close it when done.
 */
public final class Weights implements AutoCloseable {
  private final TabularBlock block;
  private final WeightLayout layout;
  private final NDArray vector;

  private Weights(TabularBlock block, WeightLayout layout, NDArray vector) {
    this.block = block;
    this.layout = layout;
    this.vector = vector;
  }

  /** The first values of a model's parameters, on the manager's device. */
  public static Weights initial(TabularBlock block, NDManager manager) {
    WeightLayout layout = WeightLayout.of(block);
    float[] values = new float[layout.length()];
    try (NDManager drawing = manager.newSubManager(Device.cpu())) {
      int position = 0;
      for (Parameter parameter : layout.parameters()) {
        float[] drawn =
            parameter
                .getInitializer()
                .initialize(drawing, parameter.getShape(), DataType.FLOAT32)
                .toFloatArray();
        System.arraycopy(drawn, 0, values, layout.offset(position++), drawn.length);
      }
    }
    return of(block, manager, values);
  }

  /** These values, in the order of the block's parameters, on the manager's device. */
  public static Weights of(TabularBlock block, NDManager manager, float[] values) {
    WeightLayout layout = WeightLayout.of(block);
    if (layout.length() != values.length) {
      throw new IllegalArgumentException(
          "Cannot fill a model: it has %d weights (%d given)"
              .formatted(layout.length(), values.length));
    }
    return new Weights(block, layout, manager.create(values));
  }

  /** The vector itself; an optimizer changes it in place. */
  public NDArray vector() {
    return vector;
  }

  public int length() {
    return layout.length();
  }

  /** Copies the weights out as they are. */
  public float[] copy() {
    return vector.toFloatArray();
  }

  /** Copies the weights out as they predict: categories never seen are the average one. */
  public float[] settled() {
    float[] values = copy();
    for (CategoryTable table : block.tables()) {
      table.settle(values, layout.offset(table.values()));
    }
    return values;
  }

  /**
   * The parameters as parts of a vector.
   *
   * @param whole as long as {@link #length}; the parts belong to its manager and share its memory
   */
  public ParameterStore views(NDArray whole) {
    NDList parts = whole.split(layout.starts());
    Map<Parameter, NDArray> views = new IdentityHashMap<>();
    int position = 0;
    for (Parameter parameter : layout.parameters()) {
      views.put(parameter, parts.get(position++).reshape(parameter.getShape()));
    }
    return new Views(whole.getManager(), views);
  }

  @Override
  public void close() {
    vector.close();
  }

  private static final class Views extends ParameterStore {
    private final NDManager manager;
    private final Map<Parameter, NDArray> views;

    Views(NDManager manager, Map<Parameter, NDArray> views) {
      super(manager, false);
      this.manager = manager;
      this.views = views;
    }

    @Override
    public NDArray getValue(Parameter parameter, Device device, boolean training) {
      return views.get(parameter);
    }

    @Override
    public NDManager getManager() {
      return manager;
    }
  }
}
