package dev.almanac.training.graph;

/**
 * The output of a layer: for each row of a batch {@code tokens} vectors of {@code width} numbers,
 * as a matrix {@code [rows * tokens, width]}, the tokens of a row one below the other.
 */
public final class Value {
  private final Node node;
  private final int tokens;
  private final int width;
  private final boolean half;

  Value(Node node, int tokens, int width, boolean half) {
    this.node = node;
    this.tokens = tokens;
    this.width = width;
    this.half = half;
  }

  /** The layer that puts it out. */
  Node node() {
    return node;
  }

  /** Vectors a row: one, unless a layer keeps the columns apart. */
  public int tokens() {
    return tokens;
  }

  public int width() {
    return width;
  }

  /** Whether its numbers are bfloat16. */
  boolean isHalf() {
    return half;
  }

  /** Numbers a row. */
  public int size() {
    return tokens * width;
  }
}
