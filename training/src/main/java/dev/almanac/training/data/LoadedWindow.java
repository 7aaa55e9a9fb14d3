package dev.almanac.training.data;

/** The rows of a window while it is in memory, and how far its work has come. */
final class LoadedWindow {
  private final ShufflePlan.Window plan;
  private final int[][] packed;
  private int[] order;
  private int started;
  private int missing;
  private int unread;
  private boolean retired;

  /**
   * @param read how many of the window's rows will go into batches
   */
  LoadedWindow(ShufflePlan.Window plan, int read) {
    this.plan = plan;
    this.packed = new int[plan.slots()][];
    this.missing = parts();
    this.unread = read;
  }

  ShufflePlan.Window plan() {
    return plan;
  }

  int[][] packed() {
    return packed;
  }

  int[] order() {
    return order;
  }

  /** The row groups, and the order of their rows as one part more. */
  private int parts() {
    return plan.slots() + 1;
  }

  boolean hasUnstartedPart() {
    return started < parts();
  }

  /** The slot of the next row group to read; the number of slots stands for the order. */
  int startPart() {
    return started++;
  }

  void ordered(int[] places) {
    order = places;
  }

  void partDone() {
    missing--;
  }

  boolean isLoaded() {
    return missing == 0;
  }

  /** Takes note of rows that went into a batch; true when they were the last. */
  boolean read(int rows) {
    unread -= rows;
    return unread == 0;
  }

  /** Forgets the order; false when the window was retired before. */
  boolean retire() {
    boolean first = !retired;
    retired = true;
    order = null;
    return first;
  }
}
