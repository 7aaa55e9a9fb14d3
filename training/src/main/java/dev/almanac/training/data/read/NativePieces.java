package dev.almanac.training.data.read;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Native buffers between file and memory. They are used again rather than left to the garbage
 * collector, which does not see how much native memory hangs on them. Thread-safe.
 */
final class NativePieces {
  /** Fits the nearest caches. */
  static final int BYTES = 1 << 15;

  private static final ConcurrentLinkedDeque<ByteBuffer> FREE = new ConcurrentLinkedDeque<>();

  private NativePieces() {}

  /** A buffer for one user, who gives it back. */
  static ByteBuffer take() {
    ByteBuffer free = FREE.pollFirst();
    return free != null ? free : ByteBuffer.allocateDirect(BYTES);
  }

  static void give(ByteBuffer piece) {
    FREE.addFirst(piece);
  }
}
