package dev.almanac.training.data;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * The bytes that a reader's windows may take, and the arrays they took before, to be used again.
 * Guarded by the lock that it is made with.
 */
final class ReaderMemory {
  private final Object lock;
  private final int groupWords;
  private final long windowBytes;
  private final Deque<int[]> free = new ArrayDeque<>();
  private long left;

  /**
   * @param groupWords words that the largest row group needs, packed
   * @param windowBytes bytes that the largest window needs, its order too
   * @param bytes for all windows together
   */
  ReaderMemory(Object lock, int groupWords, long windowBytes, long bytes) {
    this.lock = lock;
    this.groupWords = groupWords;
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

  /** Takes a window's arrays and bytes back; a window that gave them already is left alone. */
  void release(LoadedWindow window) {
    synchronized (lock) {
      if (!window.retire()) {
        return;
      }
      left += windowBytes;
      for (int[] packed : window.packed()) {
        if (packed != null) {
          free.push(packed);
        }
      }
      Arrays.fill(window.packed(), null);
    }
  }

  /** Room for one row group; what is in it is left over. */
  int[] rowGroup() {
    synchronized (lock) {
      if (!free.isEmpty()) {
        return free.pop();
      }
    }
    return new int[groupWords];
  }
}
