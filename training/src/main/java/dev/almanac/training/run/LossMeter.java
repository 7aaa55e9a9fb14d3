package dev.almanac.training.run;

import ai.djl.ndarray.NDArray;

/**
 * The mean loss over the rows of an epoch, and the guard that it stays a number.
 *
 * <p>On the processor each step's loss is read at once. On a GPU that would make every step wait,
 * so losses are summed there and read every {@value #GPU_STEPS} steps.
 */
final class LossMeter implements AutoCloseable {
  private static final int GPU_STEPS = 32;

  private final int readEvery;
  private NDArray unread;
  private int unreadSteps;
  private double sum;
  private long rows;

  LossMeter(Compute compute) {
    readEvery = compute.isHere() ? 1 : GPU_STEPS;
  }

  /**
   * Adds a step.
   *
   * @param loss mean of the step's rows; its manager may close afterwards
   * @return false when a loss since the last look was not a number
   */
  boolean add(NDArray loss, int stepRows) {
    rows += stepRows;
    if (readEvery == 1) {
      sum += (double) loss.getFloat() * stepRows;
      return Double.isFinite(sum);
    }
    NDArray weighted = loss.mul(stepRows);
    if (unread == null) {
      unread = weighted;
      unread.detach();
    } else {
      unread.addi(weighted);
    }
    unreadSteps++;
    return unreadSteps < readEvery || read();
  }

  private boolean read() {
    if (unread != null) {
      sum += unread.getFloat();
      unread.close();
      unread = null;
      unreadSteps = 0;
    }
    return Double.isFinite(sum);
  }

  /** Reads what is left; false when it is not a number. */
  boolean settle() {
    return read();
  }

  /** Of the rows read so far. */
  double mean() {
    return sum / Math.max(1, rows);
  }

  @Override
  public void close() {
    if (unread != null) {
      unread.close();
      unread = null;
    }
  }
}
