package dev.almanac.training.torch;

import ai.djl.ndarray.NDArray;

/**
 * The mean loss over the rows of an epoch, and the check that loss and gradients stay finite.
 *
 * <p>On the processor each batch's loss is read at once. On a GPU that would make every step wait,
 * so losses are summed there and read every {@value #GPU_BATCHES} batches.
 */
public final class LossMeter implements AutoCloseable {
  private static final int GPU_BATCHES = 32;

  private final int readEvery;
  private NDArray unread;
  private int unreadBatches;
  private double sum;
  private long rows;
  private double gradient;

  public LossMeter(Compute compute) {
    readEvery = compute.isHere() ? 1 : GPU_BATCHES;
  }

  /** The sum of the losses over so many rows. */
  public record State(double sum, long rows) {}

  /** What was read so far. */
  public State state() {
    return new State(sum, rows);
  }

  /** Goes on from what {@link #state} gave. */
  public void restore(State saved) {
    sum = saved.sum;
    rows = saved.rows;
  }

  /**
   * Adds the batch that a step took last.
   *
   * @return false when a loss or a gradient since the last look was not a number
   */
  public boolean add(TrainingStep step, int batchRows) {
    NDArray seen = step.seen();
    rows += batchRows;
    if (readEvery == 1) {
      return read(seen.toDoubleArray());
    }
    if (unread == null) {
      unread = seen.duplicate();
      unread.detach();
    } else {
      unread.addi(seen);
    }
    unreadBatches++;
    return unreadBatches < readEvery || settle();
  }

  private boolean read(double[] seen) {
    sum += seen[0];
    gradient = Math.sqrt(seen[1]);
    return Double.isFinite(sum) && Double.isFinite(gradient);
  }

  /** Reads what is left; false when it is not a number. */
  public boolean settle() {
    if (unread == null) {
      return Double.isFinite(sum);
    }
    boolean finite = read(unread.toDoubleArray());
    unread.close();
    unread = null;
    unreadBatches = 0;
    return finite;
  }

  /** Of the rows read so far. */
  public double mean() {
    return sum / Math.max(1, rows);
  }

  /** Whether the last loss read was a number, so that it was a gradient that was not. */
  public boolean isLossFinite() {
    return Double.isFinite(sum);
  }

  @Override
  public void close() {
    if (unread != null) {
      unread.close();
      unread = null;
    }
  }
}
