package dev.almanac.training.feed;

import java.nio.ByteBuffer;

/** Rows in buffers that are filled again once these rows are closed. */
public record BufferRows(int count, ByteBuffer numeric, ByteBuffer categories, ByteBuffer labels)
    implements BatchSource.Rows {
  @Override
  public void close() {}
}
