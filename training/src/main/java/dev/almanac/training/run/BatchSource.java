package dev.almanac.training.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Where a training loop takes its rows from, pass after pass. */
interface BatchSource {
  /** Batches of one pass, the same for each. */
  long steps();

  /** Begins a pass; passes are numbered from 0. The caller closes it. */
  Pass pass(int number) throws IOException;

  /** One pass over the rows. */
  interface Pass extends Closeable {
    /** The next batch, or null after the last one. The caller closes it. */
    Rows next() throws IOException;
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

    @Override
    void close();
  }
}
