package dev.almanac.training;

import dev.almanac.training.feed.BatchSource;
import dev.almanac.training.feed.BufferRows;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Rows in memory, in their own order, pass after pass. */
public record ArraySource(float[][] numeric, int[][] categories, float[] labels, int batchSize)
    implements BatchSource {
  @Override
  public long steps() {
    return (labels.length + batchSize - 1) / batchSize;
  }

  @Override
  public long rows() {
    return labels.length;
  }

  @Override
  public Pass pass(int number, long from) {
    return new Pass() {
      private int next = (int) from * batchSize;

      @Override
      public Rows next() {
        if (next >= labels.length) {
          return null;
        }
        int from = next;
        next = Math.min(labels.length, from + batchSize);
        return rows(from, next);
      }

      @Override
      public void close() {}
    };
  }

  /** Some of the rows as one batch. */
  public BufferRows rows(int from, int to) {
    ByteBuffer x = buffer((to - from) * numeric[0].length);
    ByteBuffer c = buffer((to - from) * categories[0].length);
    for (int row = from; row < to; row++) {
      x.asFloatBuffer().put((row - from) * numeric[0].length, numeric[row]);
      c.asIntBuffer().put((row - from) * categories[0].length, categories[row]);
    }
    ByteBuffer y = buffer(to - from);
    y.asFloatBuffer().put(Arrays.copyOfRange(labels, from, to));
    return new BufferRows(to - from, x, c, y);
  }

  private static ByteBuffer buffer(int cells) {
    return ByteBuffer.allocateDirect(cells * Float.BYTES).order(ByteOrder.nativeOrder());
  }
}
