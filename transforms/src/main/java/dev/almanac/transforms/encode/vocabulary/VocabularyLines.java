package dev.almanac.transforms.encode.vocabulary;

import dev.almanac.transforms.column.TextTable;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.ForeseenException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A vocabulary as lines of JSON, an object of value and count each, in the order of the indices.
 *
 * <p>The very bytes that {@link Json#line} gives for each entry, without an object or a string for
 * it. Equal vocabularies give equal bytes.
 */
public final class VocabularyLines {
  private static final int BUFFER = 1 << 16;

  /** The most bytes that one byte of UTF-8 becomes. */
  private static final int ESCAPED = 6;

  private static final byte[] BEFORE = ascii("{\"value\":\"");
  private static final byte[] BETWEEN = ascii("\",\"count\":");
  private static final byte[] AFTER = ascii("}\n");
  private static final int MOST_DIGITS = 20;

  /** What stands behind the backslash of a control character, if it has a letter of its own. */
  private static final String LETTERS = "btn\0fr";

  private static final byte[] HEX = ascii("0123456789ABCDEF");

  private final OutputStream out;
  private byte[] buffer = new byte[BUFFER];
  private int end;

  private VocabularyLines(OutputStream out) {
    this.out = out;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  public static void write(Vocabulary vocabulary, OutputStream out) throws IOException {
    VocabularyLines lines = new VocabularyLines(out);
    TextTable values = vocabulary.values();
    byte[] utf8 = new byte[64];
    for (int place = 0; place < values.size(); place++) {
      int length = values.length(place);
      utf8 = length > utf8.length ? new byte[Math.max(length, 2 * utf8.length)] : utf8;
      values.copy(place, utf8, 0);
      lines.line(utf8, length, vocabulary.count(place));
    }
    lines.flush();
  }

  static String sha256(Vocabulary vocabulary) {
    MessageDigest digest = Json.digest();
    try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      write(vocabulary, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param place the file's path, for messages
   * @throws IOException naming the first line that is no value and its count
   */
  public static Vocabulary read(InputStream in, String place) throws IOException {
    return new Reader(in, place).vocabulary();
  }

  private void line(byte[] utf8, int length, long count) throws IOException {
    int most = BEFORE.length + ESCAPED * length + BETWEEN.length + MOST_DIGITS + AFTER.length;
    if (most > buffer.length - end) {
      flush();
      buffer = most > buffer.length ? new byte[most] : buffer;
    }
    put(BEFORE);
    for (int i = 0; i < length; i++) {
      byte unit = utf8[i];
      if (unit >= 0 && unit < ' ' || unit == '"' || unit == '\\') {
        escape(unit);
      } else {
        buffer[end++] = unit;
      }
    }
    put(BETWEEN);
    number(count);
    put(AFTER);
  }

  private void escape(byte unit) {
    buffer[end++] = '\\';
    if (unit >= ' ') {
      buffer[end++] = unit;
    } else if (unit >= '\b' && unit <= '\r' && unit != 0x0b) {
      buffer[end++] = (byte) LETTERS.charAt(unit - '\b');
    } else {
      buffer[end++] = 'u';
      buffer[end++] = '0';
      buffer[end++] = '0';
      buffer[end++] = HEX[unit >> 4];
      buffer[end++] = HEX[unit & 15];
    }
  }

  private void number(long number) {
    put(ascii(Long.toString(number)));
  }

  private void put(byte[] bytes) {
    System.arraycopy(bytes, 0, buffer, end, bytes.length);
    end += bytes.length;
  }

  private void flush() throws IOException {
    out.write(buffer, 0, end);
    end = 0;
  }

  /** Takes the lines apart again. */
  private static final class Reader {
    private final InputStream in;
    private final String place;
    private final Vocabulary.Builder vocabulary = new Vocabulary.Builder();
    private byte[] buffer = new byte[BUFFER];
    private int limit;
    private int at;
    private long line;

    Reader(InputStream in, String place) {
      this.in = in;
      this.place = place;
    }

    Vocabulary vocabulary() throws IOException {
      int next = nextLine();
      while (next >= 0) {
        line++;
        parse(next);
        at = next + 1;
        next = nextLine();
      }
      return vocabulary.build();
    }

    /** The place of the line feed that ends the line at {@link #at}; -1 behind the last. */
    private int nextLine() throws IOException {
      int from = at;
      while (true) {
        for (int i = from; i < limit; i++) {
          if (buffer[i] == '\n') {
            return i;
          }
        }
        int held = limit - at;
        if (at == 0 && limit == buffer.length) {
          buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        } else {
          System.arraycopy(buffer, at, buffer, 0, held);
        }
        at = 0;
        limit = held;
        from = held;
        int read = in.read(buffer, limit, buffer.length - limit);
        if (read < 0) {
          line += held > 0 ? 1 : 0;
          check(held == 0);
          return -1;
        }
        limit += read;
      }
    }

    /** The value is taken from its escapes in place, where it only gets shorter. */
    private void parse(int end) throws IOException {
      skip(BEFORE, end);
      int from = at;
      int to = at;
      while (at < end && buffer[at] != '"') {
        if (buffer[at] == '\\') {
          buffer[to++] = unescaped(end);
        } else {
          buffer[to++] = buffer[at++];
        }
      }
      skip(BETWEEN, end);
      long count = 0;
      int digits = at;
      while (at < end && buffer[at] >= '0' && buffer[at] <= '9') {
        count = 10 * count + buffer[at++] - '0';
      }
      check(at > digits && at - digits < MOST_DIGITS && at == end - 1 && buffer[at] == '}');
      try {
        vocabulary.add(buffer, from, to - from, count);
      } catch (IllegalArgumentException twice) {
        throw new ForeseenException(
            "Cannot read %s: %s".formatted(place, twice.getMessage()), twice);
      }
    }

    private void skip(byte[] expected, int end) throws IOException {
      int to = at + expected.length;
      check(to <= end && Arrays.equals(buffer, at, to, expected, 0, expected.length));
      at = to;
    }

    private byte unescaped(int end) throws IOException {
      check(at + 2 <= end);
      byte letter = buffer[at + 1];
      at += 2;
      if (letter == '"' || letter == '\\') {
        return letter;
      }
      int control = letter == 0 ? -1 : LETTERS.indexOf(letter);
      if (control >= 0) {
        return (byte) ('\b' + control);
      }
      check(letter == 'u' && at + 4 <= end && buffer[at] == '0' && buffer[at + 1] == '0');
      int unit = hex(buffer[at + 2]) << 4 | hex(buffer[at + 3]);
      check(unit >= 0 && unit < ' ');
      at += 4;
      return (byte) unit;
    }

    private static int hex(byte digit) {
      return Arrays.binarySearch(HEX, digit);
    }

    private void check(boolean rule) throws IOException {
      if (!rule) {
        throw new ForeseenException(
            "Cannot read %s: each line must be a value and its count (line %s is not)"
                .formatted(place, line));
      }
    }
  }
}
