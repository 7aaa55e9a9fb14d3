package dev.almanac.training.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import dev.almanac.training.graph.Graph;
import dev.almanac.training.graph.Parameter;
import dev.almanac.training.graph.Script;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A model's {@link Script}, loaded into PyTorch on a device, with what it works on: parameters,
 * buffers and constants as lists that are made once. Not thread-safe.
 */
final class Program implements AutoCloseable {
  /** What a slice's buffers take: it lies in a processor's second and third cache. */
  private static final long SLICE_BYTES = 4L << 20;

  private static final String PUT =
      """
        def put(self: __torch__.Program, to: Tensor, values: Tensor) -> None:
          to.copy_(values)
          return None
      """;

  /** DJL cannot make a tensor of bfloat16 itself. */
  private static final String HALF =
      """
        def half(self: __torch__.Program, like: Tensor) -> Tensor:
          return like.to(15)
      """;

  private static final int LEAST_SLICE = 128;
  private static final int MOST_SLICE = 4096;

  /** A GPU has no use for slices; they only bound the buffers there. */
  private static final int GPU_SLICE = 1 << 16;

  private final Graph graph;
  private final Script script;
  private final DataType type;
  private final NDManager manager;
  private final PtSymbolBlock block;
  private final NDArray weights;
  private final IValue parameters;
  private final IValue constants;
  private final IValue buffers;
  private final IValue nothing;
  private final List<IValue> handles = new ArrayList<>();
  private final int slice;

  /**
   * Loads a program.
   *
   * @param script of the graph
   * @param more methods beside the script's
   * @param weights the vector, in the order of the graph's parameters
   * @param mostRows of a batch
   * @param type of numbers that are not bfloat16: float32, or float64 where slopes are to be
   *     compared
   */
  Program(
      Compute compute,
      Graph graph,
      Script script,
      String more,
      float[] weights,
      int mostRows,
      DataType type) {
    if (weights.length != graph.length()) {
      throw new IllegalArgumentException(
          "Cannot fill a model: it has %s weights (%s given)"
              .formatted(graph.length(), weights.length));
    }
    this.graph = graph;
    this.type = type;
    this.manager = compute.manager();
    this.script = script;
    this.block = TorchScriptArchive.load((PtNDManager) manager, script.text() + PUT + HALF + more);
    this.weights = manager.create(weights).toType(type, false);
    this.slice = Math.min(mostRows, mostSlice());
    this.parameters = keep(list(parts(this.weights, graph.parameters().size())));
    this.constants = keep(list(makeConstants()));
    this.buffers = keep(list(makeBuffers()));
    this.nothing = keep(tensor(this.weights));
  }

  private int mostSlice() {
    if (script.wholeBatches()) {
      return Integer.MAX_VALUE;
    }
    if (manager.getDevice().isGpu()) {
      return GPU_SLICE;
    }
    long rowBytes = 1;
    for (Script.Size size : script.buffers()) {
      rowBytes += (long) size.tokens() * size.width() * (size.half() ? Short.BYTES : Float.BYTES);
    }
    int rows = (int) Math.min(MOST_SLICE, Math.max(LEAST_SLICE, SLICE_BYTES / rowBytes));
    return Integer.highestOneBit(rows);
  }

  private List<NDArray> makeConstants() {
    int tokens = 1;
    for (Script.Size size : script.buffers()) {
      tokens = Math.max(tokens, size.tokens());
    }
    NDArray ones = manager.ones(new Shape((long) slice * tokens), type);
    int columns = graph.table() == null ? 0 : graph.table().columns();
    long[] firstRows = new long[columns];
    Arrays.setAll(firstRows, column -> graph.table().firstRow(column));
    return List.of(
        ones, manager.create(firstRows), manager.create(script.classWeights()).toType(type, false));
  }

  /** A vector, then the first parameters as parts of it, which share its memory. */
  List<NDArray> parts(NDArray vector, int count) {
    List<Parameter> all = graph.parameters().subList(0, count);
    List<NDArray> parts = new ArrayList<>(List.of(vector));
    for (int place = 0; place < count; place++) {
      long[] dimensions = all.get(place).dimensions().stream().mapToLong(d -> d).toArray();
      int from = graph.offset(place);
      NDArray part = cut(vector, from, from + all.get(place).size());
      parts.add(part.reshape(dimensions));
    }
    return parts;
  }

  private NDList makeBuffers() {
    NDList buffers = new NDList();
    for (Script.Size size : script.buffers()) {
      Shape shape = new Shape((long) slice * size.tokens(), size.width());
      NDArray buffer = manager.create(shape, type);
      buffers.add(size.half() ? half(buffer) : buffer);
    }
    return buffers;
  }

  private NDArray half(NDArray buffer) {
    try (buffer;
        IValue like = tensor(buffer);
        IValue made = call("half", like)) {
      return made.toTensor((PtNDManager) manager);
    }
  }

  /** Rows {@code from} to before {@code to} of an array, in its own memory. */
  static NDArray cut(NDArray array, long from, long to) {
    return array.get(new NDIndex().addSliceDim(from, to));
  }

  static IValue list(List<NDArray> arrays) {
    return IValue.listFrom(arrays.stream().map(PtNDArray.class::cast).toArray(PtNDArray[]::new));
  }

  static IValue tensor(NDArray array) {
    return IValue.from((PtNDArray) array);
  }

  /** A handle that is closed with the program. */
  IValue keep(IValue handle) {
    handles.add(handle);
    return handle;
  }

  /** Runs a method; the arguments stay open. */
  IValue call(String method, IValue... arguments) {
    return IValueUtils.runMethod(block, method, arguments);
  }

  /** Runs a method for what it changes. */
  void run(String method, IValue... arguments) {
    call(method, arguments).close();
  }

  Graph graph() {
    return graph;
  }

  NDManager manager() {
    return manager;
  }

  /** Puts values into a vector, whose memory stays the same. */
  void put(float[] values, NDArray into) {
    try (NDArray made = manager.create(values)) {
      put(made, into);
    }
  }

  /** Copies a tensor into one of its size. */
  void put(NDArray made, NDArray into) {
    try (IValue from = tensor(made);
        IValue to = tensor(into)) {
      run("put", to, from);
    }
  }

  /** All weights in one vector. */
  NDArray weights() {
    return weights;
  }

  IValue parameters() {
    return parameters;
  }

  IValue constants() {
    return constants;
  }

  /** The matrices to write into. */
  IValue buffers() {
    return buffers;
  }

  /** Stands where an argument is not looked at. */
  IValue nothing() {
    return nothing;
  }

  /** Rows that are worked on at a time. */
  int slice() {
    return slice;
  }

  DataType type() {
    return type;
  }

  @Override
  public void close() {
    handles.forEach(IValue::close);
    block.close();
    manager.close();
  }
}
