package dev.almanac.testdata;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * A gzip stream (RFC 1952) with a fixed header: no time, no name, "unknown" as the operating
 * system.
 *
 * <p>The JDK's own stream writes a header that differs between releases. What stands between header
 * and trailer is as zlib compresses it, and zlib's builds may differ; the decompressed bytes never
 * do.
 */
final class GzipFile extends OutputStream {

  private static final byte[] HEADER = {
    0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xff
  };

  private final OutputStream out;
  private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
  private final DeflaterOutputStream compressed;
  private final CRC32 checksum = new CRC32();
  private boolean closed;

  GzipFile(OutputStream out) throws IOException {
    this.out = out;
    out.write(HEADER);
    compressed = new DeflaterOutputStream(out, deflater, 1 << 16);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    checksum.update(bytes, offset, length);
    compressed.write(bytes, offset, length);
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (OutputStream closing = out) {
      compressed.finish();
      ByteBuffer trailer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      trailer.putInt((int) checksum.getValue()).putInt(deflater.getTotalIn());
      closing.write(trailer.array());
    } finally {
      deflater.end();
    }
  }
}
