package dev.almanac.transforms.storage;

import dev.almanac.transforms.problem.ForeseenException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Names of local files as text, whatever the locale.
 *
 * <p>The JDK reads and writes names in the locale's charset; under {@code LC_ALL=C} every byte
 * above 127 becomes the same character, and the file is not found again. Here names are UTF-8: a
 * file's URI holds its name's very bytes in any locale, so that is the way in and out. Where names
 * are not bytes (Windows) the JDK's own way is taken.
 */
final class LocalNames {
  private static final boolean BYTES = FileSystems.getDefault().getSeparator().equals("/");
  private static final boolean UTF_8 =
      "UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding", ""));
  private static final String SCHEME = "file:";

  private LocalNames() {}

  /**
   * The file of a path's text, which may begin with {@code file:}.
   *
   * @throws ForeseenException when no file can have the name
   */
  static Path path(String text) throws IOException {
    String bare = bare(text);
    try {
      if (!BYTES || isAscii(bare)) {
        return Path.of(bare);
      }
      String base = bare.startsWith("/") ? "" : rawPath(Path.of("").toAbsolutePath()) + "/";
      return Path.of(URI.create("file://" + base + encoded(bare)));
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw new ForeseenException(
          "Cannot use the path '%s': no file can have this name (%s)"
              .formatted(text, e.getMessage()),
          e);
    }
  }

  /** A name in a folder. */
  static Path child(Path folder, String name) throws IOException {
    return folder.resolve(isAscii(name) ? Path.of(name) : path("/" + name).getFileName());
  }

  private static String bare(String text) {
    if (!text.startsWith(SCHEME)) {
      return text;
    }
    String rest = text.substring(SCHEME.length());
    return rest.startsWith("///") ? rest.substring(2) : rest;
  }

  /** The text of a path; null when its bytes are not UTF-8. */
  static String text(Path path) {
    String text = path.toString();
    if (!BYTES || isAscii(text) || UTF_8 && text.indexOf('\uFFFD') < 0) {
      return text;
    }
    byte[] bytes = bytes(path);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** The text of a path for patterns: what is not UTF-8 is one odd character. */
  static String matched(Path path) {
    String text = text(path);
    return text == null ? new String(bytes(path), StandardCharsets.UTF_8) : text;
  }

  /** The text of a path for a person: bytes that are not UTF-8 as \xFC. */
  static String shown(Path path) {
    String text = text(path);
    if (text != null) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    ByteBuffer left = ByteBuffer.wrap(bytes(path));
    while (left.hasRemaining()) {
      int length = wholeCharacter(left);
      if (length == 0) {
        shown.append(String.format(Locale.ROOT, "\\x%02X", left.get()));
      } else {
        byte[] character = new byte[length];
        left.get(character);
        shown.append(new String(character, StandardCharsets.UTF_8));
      }
    }
    return shown.toString();
  }

  /** Bytes of the character at the buffer's position; 0 when there is none. */
  private static int wholeCharacter(ByteBuffer bytes) {
    for (int length = 1; length <= Math.min(4, bytes.remaining()); length++) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(bytes.slice(bytes.position(), length));
        return length;
      } catch (CharacterCodingException e) {
        // Not yet, or not at all.
      }
    }
    return 0;
  }

  /** The bytes of a path as they are on the disk. */
  private static byte[] bytes(Path path) {
    String raw = rawPath(path.isAbsolute() ? path : Path.of("/").resolve(path));
    byte[] bytes = new byte[raw.length()];
    int size = 0;
    for (int i = path.isAbsolute() ? 0 : 1; i < raw.length(); i++) {
      if (raw.charAt(i) == '%') {
        bytes[size++] = (byte) Integer.parseInt(raw.substring(i + 1, i + 3), 16);
        i += 2;
      } else {
        bytes[size++] = (byte) raw.charAt(i);
      }
    }
    return Arrays.copyOf(bytes, size);
  }

  /** Percent-encoded, without a slash at its end: a folder's URI has one. */
  private static String rawPath(Path absolute) {
    String raw = absolute.toUri().getRawPath();
    return raw.endsWith("/") ? raw.substring(0, raw.length() - 1) : raw;
  }

  private static String encoded(String text) throws CharacterCodingException {
    ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    StringBuilder encoded = new StringBuilder();
    while (bytes.hasRemaining()) {
      int value = bytes.get() & 0xFF;
      boolean plain =
          value == '/'
              || value >= 'a' && value <= 'z'
              || value >= 'A' && value <= 'Z'
              || value >= '0' && value <= '9';
      encoded.append(
          plain ? String.valueOf((char) value) : String.format(Locale.ROOT, "%%%02X", value));
    }
    return encoded.toString();
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 127) {
        return false;
      }
    }
    return true;
  }
}
