package dev.almanac.transforms.csv.stream;

import dev.almanac.transforms.problem.ForeseenException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Expands a gzip file of one member or more (RFC 1952).
 *
 * <p>{@link java.util.zip.GZIPInputStream} stops after the first member, without a word, when the
 * stream below happens to report nothing available, as streams over channels do; rows would be
 * lost. Here a file ends only at its end: after a member come another one, zeros that pad the file,
 * or nothing.
 */
final class GzipStream extends StretchStream {
  static final int MAGIC_1 = 0x1F;
  static final int MAGIC_2 = 0x8B;

  private static final int DEFLATE = 8;
  private static final int FLAG_HEADER_CRC = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;

  private final InputStream in;
  private final String file;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final byte[] packed = new byte[64 << 10];
  private int position;
  private int limit;
  private boolean insideMember;
  private boolean ended;
  private long members;

  GzipStream(InputStream in, String file) {
    this.in = in;
    this.file = file;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      if (!insideMember) {
        ended = !startMember();
        continue;
      }
      int count = inflate(bytes, offset, length);
      if (count > 0) {
        checksum.update(bytes, offset, count);
        return count;
      }
      if (inflater.finished()) {
        endMember();
      } else if (inflater.needsInput()) {
        if (!fill()) {
          throw truncated();
        }
        inflater.setInput(packed, position, limit - position);
        position = limit;
      } else {
        throw corrupt("it asks for a dictionary", null);
      }
    }
    return -1;
  }

  private int inflate(byte[] bytes, int offset, int length) throws IOException {
    try {
      return inflater.inflate(bytes, offset, length);
    } catch (DataFormatException e) {
      throw corrupt(e.getMessage(), e);
    }
  }

  /** Reads a member's header; false at the end of the file. */
  private boolean startMember() throws IOException {
    if (members > 0 && !skipPadding()) {
      return false;
    }
    if (octet() != MAGIC_1 || octet() != MAGIC_2 || octet() != DEFLATE) {
      throw corrupt("no gzip member where one should start", null);
    }
    int flags = octet();
    skip(6); // Time, extra flags, system.
    if ((flags & FLAG_EXTRA) != 0) {
      skip(octet() | octet() << 8);
    }
    if ((flags & FLAG_NAME) != 0) {
      skipText();
    }
    if ((flags & FLAG_COMMENT) != 0) {
      skipText();
    }
    if ((flags & FLAG_HEADER_CRC) != 0) {
      skip(2);
    }
    inflater.reset();
    inflater.setInput(packed, position, limit - position);
    position = limit;
    checksum.reset();
    insideMember = true;
    members++;
    return true;
  }

  /** Checks a member's trailer. */
  private void endMember() throws IOException {
    position = limit - inflater.getRemaining();
    long expectedChecksum = word();
    long expectedLength = word();
    if (expectedChecksum != checksum.getValue()) {
      throw corrupt("the checksum of its content differs", null);
    }
    if (expectedLength != (inflater.getBytesWritten() & 0xFFFFFFFFL)) {
      throw corrupt("the length of its content differs", null);
    }
    insideMember = false;
  }

  /** Passes over zeros; false at the end of the file. */
  private boolean skipPadding() throws IOException {
    while (position < limit || fill()) {
      if (packed[position] != 0) {
        return true;
      }
      position++;
    }
    return false;
  }

  private long word() throws IOException {
    long low = octet() | octet() << 8;
    return low | (long) (octet() | octet() << 8) << 16;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      octet();
    }
  }

  private void skipText() throws IOException {
    int octet;
    do {
      octet = octet();
    } while (octet != 0);
  }

  private int octet() throws IOException {
    if (position == limit && !fill()) {
      throw truncated();
    }
    return packed[position++] & 0xFF;
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = 0;
    int count;
    do {
      count = in.read(packed, 0, packed.length);
    } while (count == 0);
    limit = Math.max(0, count);
    return count > 0;
  }

  private IOException truncated() {
    return new ForeseenException(
        "Cannot expand %s: the gzip file is cut short (%s bytes came out before its end)"
            .formatted(file, inflater.getBytesWritten()));
  }

  private IOException corrupt(String problem, Exception cause) {
    return new ForeseenException(
        "Cannot expand %s: the gzip file is damaged: %s".formatted(file, problem), cause);
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    ended = true;
    in.close();
  }
}
