package dev.almanac.training.feed;

import dev.almanac.training.data.shuffle.ShuffleQuality;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Gives a training loop its rows, pass after pass. */
public interface BatchSource extends AutoCloseable {
  /** Batches of one pass, the same for each. */
  long steps();

  /** Rows of one pass, the same for each. */
  long rows();

  /**
   * Rows of the first row groups in a pass's order; of rows in memory, which are one, all.
   *
   * @param number of the pass, from 0
   * @param rowGroups from 1; more than there are are all
   */
  default long rowGroupRows(int number, int rowGroups) {
    return rows();
  }

  /**
   * Begins a pass, or the rest of one; the caller closes it.
   *
   * @param number from 0
   * @param from how many of its batches to leave out
   */
  Pass pass(int number, long from) throws IOException;

  /** How well the first pass mixed its rows, once it is over; null when nobody knows. */
  default ShuffleQuality shuffleQuality() {
    return null;
  }

  /** Gives back what it holds between passes. */
  @Override
  default void close() {}

  /** One pass over the rows. */
  interface Pass extends Closeable {
    /** The next batch, or null after the last one. The caller closes it. */
    Rows next() throws IOException;

    /** How long {@link #next} has waited for somebody else's work. */
    default long waitNanos() {
      return 0;
    }
  }

  /**
   * Some rows, as memory that arithmetic reads in place: direct buffers in native order, from
   * position 0, valid until closed.
   */
  interface Rows extends AutoCloseable {
    int count();

    /** {@code [count, f]} float32, row by row. */
    ByteBuffer numeric();

    /** {@code [count, k]} int32, row by row. */
    ByteBuffer categories();

    /** {@code [count]} float32. */
    ByteBuffer labels();

    /** The rows that these are some of, which go to a device in one piece; or these themselves. */
    default Rows whole() {
      return this;
    }

    /** Where these begin in the {@link #whole}. */
    default int first() {
      return 0;
    }

    @Override
    void close();
  }
}
