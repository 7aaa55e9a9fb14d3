package dev.almanac.training.data.read;

import dev.almanac.transforms.problem.ForeseenException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Reads the values of a chunk of {@link PlainChunk}'s layout out of a local file, some at a time:
 * only those go through the processor's caches, and no copy of the chunk is made. A page's checksum
 * is verified with its last value, so nothing may be believed before {@link #finish}. Not
 * thread-safe.
 */
final class PlainPages {
  /** Headers are about 50 bytes; those with statistics are longer. */
  private static final int HEADER_BYTES = 256;

  /** A file's bytes, from anywhere in it. */
  interface Bytes {
    /** As {@link FileChannel#read(ByteBuffer, long)}: how many were read; -1 at the end. */
    int read(ByteBuffer into, long position) throws IOException;
  }

  /** Takes values that were read; the buffer is filled again after. */
  interface Target {
    /**
     * @param values little-endian, from position 0 to the limit
     * @param row of the first value within the row group
     */
    void put(ByteBuffer values, int row) throws IOException;
  }

  private final Bytes file;
  private final ByteBuffer piece;
  private final CRC32 checksum = new CRC32();
  private final int rows;
  private final long end;
  private long at;
  private int row;
  private int left;
  private PageHeader header;

  /**
   * @param piece a direct buffer, which many chunks may use in turn; as many bytes go through the
   *     caches at a time
   */
  PlainPages(Bytes file, ColumnChunkMetaData chunk, int rows, ByteBuffer piece) {
    this.file = file;
    this.piece = piece.order(ByteOrder.LITTLE_ENDIAN);
    this.rows = rows;
    this.at = chunk.getStartingPos();
    this.end = at + chunk.getTotalSize();
  }

  /** Whether a chunk of {@link PlainChunk}'s layout can be read here. */
  static boolean fits(ColumnChunkMetaData chunk) {
    return chunk.getCodec() == CompressionCodecName.UNCOMPRESSED;
  }

  /** Hands over the next values, in pieces. */
  void read(int count, Target target) throws IOException {
    int until = row + count;
    while (row < until) {
      while (left == 0) {
        nextPage();
      }
      int values = Math.min(Math.min(until - row, left), piece.capacity() / Integer.BYTES);
      fill(piece.clear().limit(values * Integer.BYTES));
      if (header.isSetCrc()) {
        checksum.update(piece.flip());
      }
      int first = row;
      row += values;
      left -= values;
      try {
        target.put(piece.rewind(), first);
      } catch (IOException e) {
        // A value that cannot be may be a damaged byte: then that is what is wrong.
        skipPage();
        throw e;
      }
      verify();
    }
  }

  private void nextPage() throws IOException {
    header = header();
    int bytes = header.getCompressed_page_size();
    if (bytes < 0 || bytes > end - at) {
      throw new ForeseenException("a page goes beyond its column chunk");
    }
    if (header.getType() != PageType.DATA_PAGE
        || header.getData_page_header().getEncoding() != org.apache.parquet.format.Encoding.PLAIN) {
      throw new ForeseenException(
          "a page is %s, which the footer does not say".formatted(header.getType()));
    }
    int count = header.getData_page_header().getNum_values();
    if (count < 0
        || count > rows - row
        || bytes != Integer.BYTES * (long) count
        || header.getUncompressed_page_size() != bytes) {
      throw new ForeseenException(
          "a page of %s bytes says that it holds %s values (%s of %s are missing)"
              .formatted(bytes, count, rows - row, rows));
    }
    left = count;
    checksum.reset();
    verify();
  }

  private PageHeader header() throws IOException {
    for (long size = HEADER_BYTES; ; size *= 8) {
      int length = (int) Math.min(size, Math.min(end - at, Integer.MAX_VALUE - 8));
      byte[] bytes = new byte[Math.max(0, length)];
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      long start = at;
      fill(buffer);
      at = start;
      ByteArrayInputStream in = new ByteArrayInputStream(bytes);
      try {
        PageHeader found = Util.readPageHeader(in);
        at += length - in.available();
        return found;
      } catch (IOException e) {
        if (length < size) {
          throw e;
        }
      }
    }
  }

  private void fill(ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      int read = file.read(buffer, at);
      if (read < 0) {
        throw new EOFException("the file ends at byte %s".formatted(at));
      }
      at += read;
    }
  }

  private void verify() throws IOException {
    if (left == 0 && header.isSetCrc() && (int) checksum.getValue() != header.getCrc()) {
      throw new ForeseenException("the checksum of a page does not fit; the file is damaged");
    }
  }

  private void skipPage() throws IOException {
    while (left > 0) {
      int values = Math.min(left, piece.capacity() / Integer.BYTES);
      fill(piece.clear().limit(values * Integer.BYTES));
      checksum.update(piece.flip());
      left -= values;
    }
    verify();
  }

  /** Makes sure that nothing follows the last row. */
  void finish() throws IOException {
    if (at != end) {
      throw new ForeseenException("%s bytes follow its last row".formatted(end - at));
    }
  }
}
