package dev.almanac.training.data;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A reader's memory for windows: how many bytes it may use, and arrays of earlier windows for
 * reuse. Guarded by the lock given to the constructor.
 */
public final class ReaderMemory {
  private final Object lock;
  private final int windowWords;
  private final long windowBytes;
  private final Deque<long[]> free = new ArrayDeque<>();
  private long left;

  /**
   * @param windowWords words of the rows of the largest window
   * @param windowBytes bytes that the largest window needs, its order too
   * @param bytes for all windows together
   */
  public ReaderMemory(Object lock, int windowWords, long windowBytes, long bytes) {
    this.lock = lock;
    this.windowWords = windowWords;
    this.windowBytes = windowBytes;
    this.left = bytes;
  }

  /** Sets a window's bytes aside, when there are as many. */
  boolean reserve() {
    synchronized (lock) {
      if (left < windowBytes) {
        return false;
      }
      left -= windowBytes;
      return true;
    }
  }

  /** Takes a window's memory and bytes back; a window that gave them already is left alone. */
  void release(LoadedWindow window) {
    synchronized (lock) {
      if (window.isRetired()) {
        return;
      }
      left += windowBytes;
      long[] store = window.retire();
      if (store != null) {
        free.push(store);
      }
    }
  }

  /** Room for one window; what is in it is left over. */
  long[] store() {
    synchronized (lock) {
      if (!free.isEmpty()) {
        return free.pop();
      }
    }
    return new long[windowWords];
  }
}
