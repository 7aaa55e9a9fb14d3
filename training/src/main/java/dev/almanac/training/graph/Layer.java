package dev.almanac.training.graph;

/**
 * What one layer computes, and the slopes of it, as lines of TorchScript; and as ONNX.
 *
 * <p>The lines work on a slice of a batch, {@code r} rows of it, so that what they touch stays in
 * the processor's cache. Stateless: the {@link SliceText} knows the node.
 */
interface Layer {
  /** Writes what computes the output from the inputs. */
  void forward(SliceText text);

  /**
   * Writes what adds to the gradients of the parameters, and what gives the inputs theirs.
   *
   * <p>The gradient of the output is {@link SliceText#up} and may be overwritten.
   */
  void backward(SliceText text);

  /** Writes what computes the output when predicting, as ONNX operators; its name. */
  String onnx(OnnxLayers at);

  /** Whether {@link #backward} reads the output, so that no later layer may overwrite it. */
  default boolean needsOutput() {
    return false;
  }

  /** Whether the output may take the place of the first input, which has its size. */
  default boolean worksInPlace() {
    return false;
  }

  /** Whether it works in the precision of its first input, whichever that is. */
  default boolean keepsPrecision() {
    return false;
  }

  /** Whether training draws random numbers. */
  default boolean isRandom() {
    return false;
  }

  /** Whether rows of a batch act on one another, so that a batch cannot be cut into slices. */
  default boolean mixesRows() {
    return false;
  }
}
