package dev.almanac.training.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import dev.almanac.training.config.OptimizerConfig;
import dev.almanac.training.feed.BatchSource;
import dev.almanac.training.graph.Graph;
import dev.almanac.training.graph.Precision;
import dev.almanac.training.graph.Script;
import dev.almanac.training.model.ModelShape;
import dev.almanac.training.objective.Objective;
import dev.almanac.training.optimize.Optimizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves a model's weights by the gradient of some batches: {@link #add} each of them, then {@link
 * #move}. Not thread-safe.
 */
public final class TrainingStep implements AutoCloseable {
  private static final String AVERAGE =
      """
        def average(self: __torch__.Program, a: Tensor, w: Tensor, share: float) -> None:
          a.lerp_(w, share)
          return None
      """;

  private final ModelShape shape;
  private final Optimizer optimizer;
  private final double averageDecay;
  private final Program program;
  private final NDArray gradient;
  private final NDArray seen;
  private final List<NDArray> slots = new ArrayList<>();
  private final NDArray average;
  private final IValue gradients;
  private final IValue seenHandle;
  private final IValue slice;
  private final IValue alone;
  private final IValue trained;
  private final IValue trainedGradient;
  private final IValue state;
  private long steps;
  private boolean empty = true;
  private DevicePiece piece;

  public TrainingStep(
      Compute compute,
      ModelShape shape,
      Graph graph,
      Objective objective,
      OptimizerConfig config,
      float[] weights,
      int mostRows,
      Precision precision) {
    DataType type = precision == Precision.FLOAT64 ? DataType.FLOAT64 : DataType.FLOAT32;
    this.shape = shape;
    this.optimizer = config.optimizer();
    this.averageDecay = config.averageDecay();
    this.program =
        new Program(
            compute,
            graph,
            Script.training(graph, objective.loss(), precision),
            optimizer.text() + AVERAGE + DevicePiece.MIX,
            weights,
            mostRows,
            type);
    NDManager manager = program.manager();
    int length = graph.trainedLength();
    this.gradient = manager.zeros(new Shape(length), type);
    this.seen = manager.zeros(new Shape(2), DataType.FLOAT64);
    for (int slot = 0; slot < optimizer.slots(); slot++) {
      slots.add(manager.zeros(new Shape(length), type));
    }
    this.average = averageDecay == 0 ? null : program.weights().duplicate();
    int trainedParts = (int) graph.parameters().stream().filter(p -> p.trained()).count();
    this.gradients = program.keep(Program.list(program.parts(gradient, trainedParts)));
    this.seenHandle = program.keep(Program.tensor(seen));
    this.slice = program.keep(IValue.from((long) program.slice()));
    this.alone = program.keep(IValue.from(isAlone(manager)));
    this.trained = program.keep(Program.tensor(Program.cut(program.weights(), 0, length)));
    this.trainedGradient = program.keep(Program.tensor(gradient));
    this.state = program.keep(Program.list(slots));
  }

  private static boolean isAlone(NDManager manager) {
    return !manager.getDevice().isGpu() && JniUtils.getNumThreads() == 1;
  }

  /**
   * Adds the gradient of a batch, times {@code share}, to those since the last move.
   *
   * @param share a row's part in the step: 1 / the rows of all its batches
   */
  public void add(BatchSource.Rows rows, double share) {
    if (piece == null || !piece.holds(rows.whole())) {
      closePiece();
      piece = new DevicePiece(rows.whole(), shape, program);
    }
    try (DevicePiece.Batch batch = piece.batch(rows.first(), rows.count());
        CallNumbers numbers = new CallNumbers()) {
      program.run(
          "gradient",
          batch.numeric(),
          batch.categories(),
          batch.labels(),
          program.parameters(),
          gradients,
          program.buffers(),
          program.constants(),
          seenHandle,
          slice,
          alone,
          numbers.of(share),
          numbers.of(empty));
    }
    if (rows.whole() == rows) {
      // Its memory is somebody else's after this call.
      closePiece();
    }
    empty = false;
  }

  private void closePiece() {
    if (piece != null) {
      piece.close();
      piece = null;
    }
  }

  /** The loss summed over the last batch's rows; waits until the device has come so far. */
  public double loss() {
    return seen.toDoubleArray()[0];
  }

  /** The length of the gradient as it stands; waits likewise. */
  public double gradientLength() {
    return Math.sqrt(seen.toDoubleArray()[1]);
  }

  /** A tensor of the summed loss and the squared length, for who does not want to wait. */
  NDArray seen() {
    return seen;
  }

  /**
   * Moves the weights.
   *
   * @param gradientShare a factor for the gradient: 1, or less to clip it
   */
  public void move(double rate, double gradientShare) {
    steps++;
    empty = true;
    try (CallNumbers input = new CallNumbers()) {
      program.run(
          "update",
          trained,
          trainedGradient,
          state,
          input.of(optimizer.numbers(steps, rate, gradientShare)));
      if (average != null) {
        average(input);
      }
    }
  }

  /** Early averages keep less of the past, so that the first weights do not linger. */
  private void average(CallNumbers input) {
    double decay = Math.min(averageDecay, (1.0 + steps) / (10.0 + steps));
    try (IValue to = Program.tensor(average);
        IValue from = Program.tensor(program.weights())) {
      program.run("average", to, from, input.of(1 - decay));
    }
  }

  /** The gradient as it stands, in the order of the weights that are trained. */
  public double[] gradient() {
    return gradient.toType(DataType.FLOAT64, true).toDoubleArray();
  }

  /** The weights as they are. */
  float[] weights() {
    return program.weights().toFloatArray();
  }

  /** The weights as they predict: averaged if so configured, unseen categories settled. */
  public float[] settled() {
    float[] values = (average == null ? program.weights() : average).toFloatArray();
    program.graph().settle(values);
    return values;
  }

  /** Everything that the next steps depend on, as vectors. */
  public List<float[]> state() {
    List<float[]> vectors = new ArrayList<>();
    for (NDArray vector : vectors()) {
      try (NDArray copy = vector.toType(DataType.FLOAT32, true)) {
        vectors.add(copy.toFloatArray());
      }
    }
    return vectors;
  }

  /** Goes on from what {@link #state} gave after so many steps. */
  public void restore(List<float[]> vectors, long stepsDone) {
    List<NDArray> own = vectors();
    if (own.size() != vectors.size()) {
      throw new IllegalArgumentException(
          "Cannot go on training: the state has %s vectors (%s given)"
              .formatted(own.size(), vectors.size()));
    }
    for (int i = 0; i < own.size(); i++) {
      program.put(vectors.get(i), own.get(i));
    }
    steps = stepsDone;
  }

  private List<NDArray> vectors() {
    List<NDArray> all = new ArrayList<>(List.of(program.weights()));
    all.addAll(slots);
    if (average != null) {
      all.add(average);
    }
    return all;
  }

  /** Forgets what was added since the last move. */
  public void forget() {
    empty = true;
  }

  /** How many times the weights moved. */
  public long steps() {
    return steps;
  }

  /** How many tensors live beyond a step. */
  int tensors() {
    return program.manager().getManagedArrays().size();
  }

  @Override
  public void close() {
    closePiece();
    program.close();
  }
}
