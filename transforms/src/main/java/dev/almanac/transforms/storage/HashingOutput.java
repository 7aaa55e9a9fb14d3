package dev.almanac.transforms.storage;

import dev.almanac.transforms.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Bytes on their way to a file, counted and hashed. Not thread-safe. */
public final class HashingOutput extends OutputStream {
  /** Larger writes are cut: a channel copies each through a native buffer of the write's size. */
  private static final int MOST_AT_ONCE = 1 << 18;

  private final OutputStream out;
  private final MessageDigest digest = Json.digest();
  private final byte[] small = new byte[1 << 13];
  private int smallBytes;
  private long bytes;

  public HashingOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int value) throws IOException {
    if (smallBytes == small.length) {
      flushSmall();
    }
    small[smallBytes++] = (byte) value;
    bytes++;
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    if (length <= small.length - smallBytes) {
      System.arraycopy(source, offset, small, smallBytes, length);
      smallBytes += length;
    } else {
      flushSmall();
      int end = offset + length;
      for (int from = offset; from < end; from += MOST_AT_ONCE) {
        pass(source, from, Math.min(MOST_AT_ONCE, end - from));
      }
    }
    bytes += length;
  }

  private void flushSmall() throws IOException {
    pass(small, 0, smallBytes);
    smallBytes = 0;
  }

  private void pass(byte[] source, int offset, int length) throws IOException {
    digest.update(source, offset, length);
    out.write(source, offset, length);
  }

  /** Bytes written so far. */
  public long bytes() {
    return bytes;
  }

  /** Lower-case hexadecimal SHA-256 of everything written; nothing may be written after. */
  public String sha256() throws IOException {
    flushSmall();
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void flush() throws IOException {
    flushSmall();
    out.flush();
  }

  /** Closes the file; bytes still held back are lost unless {@link #flush} came first. */
  @Override
  public void close() throws IOException {
    out.close();
  }
}
