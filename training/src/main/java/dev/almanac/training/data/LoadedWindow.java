package dev.almanac.training.data;

import dev.almanac.training.data.read.PackedRow;
import dev.almanac.training.data.shuffle.ShufflePlan;
import dev.almanac.training.data.shuffle.WindowPlaces;

/** The rows of a window while it is in memory, and how much of the work on it is done. */
public final class LoadedWindow {
  private final ShufflePlan.Window plan;
  private WindowPlaces places;
  private long[] store;
  private int[] order;
  private int started;
  private int missing;
  private int unread;
  private boolean retired;

  /**
   * @param read how many of the window's rows will go into batches
   */
  public LoadedWindow(ShufflePlan.Window plan, int read) {
    this.plan = plan;
    this.missing = parts();
    this.unread = read;
  }

  ShufflePlan.Window plan() {
    return plan;
  }

  /** Makes ready what every part needs; the first thread does, others wait for it. */
  public synchronized void prepare(ReaderMemory memory) {
    if (places == null) {
      store = memory.store();
      places = plan.places();
    }
  }

  public WindowPlaces places() {
    return places;
  }

  /** The rows, each as {@link PackedRow} says, at the places of {@link WindowPlaces}. */
  public long[] store() {
    return store;
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

  public void ordered(int[] all) {
    order = all;
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

  /** Forgets the rows and gives their memory; null when there is none, or none any more. */
  long[] retire() {
    long[] held = store;
    retired = true;
    store = null;
    order = null;
    places = null;
    return held;
  }

  boolean isRetired() {
    return retired;
  }
}
