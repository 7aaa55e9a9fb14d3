package dev.almanac.training.train;

/**
 * Keeps the weights of the epoch with the lowest validation loss and says when to give up.
 *
 * <p>Of equal losses the first one counts.
 */
final class EarlyStopping {
  private final int patience;
  private float[] weights;
  private double lowest = Double.POSITIVE_INFINITY;
  private int epoch;
  private int waited;

  /**
   * @param patience epochs without a lower loss after which to stop; 0 never stops
   */
  EarlyStopping(int patience) {
    this.patience = patience;
  }

  /** What it has heard so far, the weights apart; the lowest loss is null before the first. */
  record State(Double lowest, int epoch, int waited) {}

  State state() {
    return new State(Double.isInfinite(lowest) ? null : lowest, epoch, waited);
  }

  /** Goes on from what {@link #state} and {@link #weights} gave. */
  void restore(State state, float[] kept) {
    lowest = state.lowest() == null ? Double.POSITIVE_INFINITY : state.lowest();
    epoch = state.epoch();
    waited = state.waited();
    weights = kept;
  }

  /** Keeps the weights of an epoch that nothing measured: the later, the better. */
  void keep(int ended, float[] settled) {
    weights = settled;
    epoch = ended;
  }

  /**
   * Hears how an epoch ended.
   *
   * @param settled the weights that gave the loss; kept, not copied
   * @return whether it is the best so far
   */
  boolean hear(int ended, double loss, float[] settled) {
    if (loss < lowest) {
      lowest = loss;
      weights = settled;
      epoch = ended;
      waited = 0;
      return true;
    }
    waited++;
    return false;
  }

  /** Counts anew from the next epoch on. */
  void forgive() {
    waited = 0;
  }

  boolean stops() {
    return patience > 0 && waited >= patience;
  }

  /** The epoch whose weights were kept, from 1. */
  int epoch() {
    return epoch;
  }

  float[] weights() {
    return weights;
  }
}
