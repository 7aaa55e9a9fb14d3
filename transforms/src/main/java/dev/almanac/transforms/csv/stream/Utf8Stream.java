package dev.almanac.transforms.csv.stream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Turns text of any encoding into UTF-8.
 *
 * <p>Bytes that are no text become the byte 0xFF, which no UTF-8 text holds: a cell with one is
 * rejected when it is needed and passed over when it is not, just as in a UTF-8 file.
 */
final class Utf8Stream extends StretchStream {
  private static final byte NO_TEXT = (byte) 0xFF;
  private static final int BUFFER = 8192;

  private final InputStream in;
  private final CharsetDecoder decoder;
  private final ByteBuffer source = ByteBuffer.allocate(BUFFER).flip();
  private final CharBuffer chars = CharBuffer.allocate(BUFFER);
  private byte[] encoded = new byte[0];
  private int position;
  private boolean sourceEnded;
  private boolean ended;

  Utf8Stream(InputStream in, Charset charset) {
    this.in = in;
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (position == encoded.length) {
      if (ended) {
        return -1;
      }
      decode();
    }
    int count = Math.min(length, encoded.length - position);
    System.arraycopy(encoded, position, bytes, offset, count);
    position += count;
    return count;
  }

  /** Makes the next stretch of UTF-8, which may be empty. */
  private void decode() throws IOException {
    if (!sourceEnded) {
      source.compact();
      int count = in.read(source.array(), source.position(), source.remaining());
      sourceEnded = count < 0;
      source.position(source.position() + Math.max(0, count));
      source.flip();
    }
    CoderResult result = decoder.decode(source, chars, sourceEnded);
    boolean noText = result.isError();
    if (noText) {
      source.position(source.position() + result.length());
    } else if (result.isUnderflow() && sourceEnded) {
      ended = decoder.flush(chars).isUnderflow();
    }
    // A decoder gives whole characters: both halves of a surrogate pair, or neither.
    ByteBuffer text = StandardCharsets.UTF_8.encode(chars.flip());
    chars.clear();
    int size = text.remaining();
    encoded = new byte[noText ? size + 1 : size];
    text.get(encoded, 0, size);
    if (noText) {
      encoded[size] = NO_TEXT;
    }
    position = 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
