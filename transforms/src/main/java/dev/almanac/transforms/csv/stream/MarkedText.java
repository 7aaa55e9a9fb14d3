package dev.almanac.transforms.csv.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text that may begin with a byte order mark, which overrides any setting of the encoding. */
public final class MarkedText {
  private static final int LONGEST = 4;

  private record Mark(Charset charset, int... bytes) {
    boolean starts(byte[] head) {
      if (head.length < bytes.length) {
        return false;
      }
      for (int i = 0; i < bytes.length; i++) {
        if ((head[i] & 0xFF) != bytes[i]) {
          return false;
        }
      }
      return true;
    }
  }

  /** UTF-32 before UTF-16, whose mark it begins with. */
  private static final Mark[] MARKS = {
    new Mark(StandardCharsets.UTF_8, 0xEF, 0xBB, 0xBF),
    new Mark(Charset.forName("UTF-32LE"), 0xFF, 0xFE, 0, 0),
    new Mark(Charset.forName("UTF-32BE"), 0, 0, 0xFE, 0xFF),
    new Mark(StandardCharsets.UTF_16LE, 0xFF, 0xFE),
    new Mark(StandardCharsets.UTF_16BE, 0xFE, 0xFF)
  };

  private MarkedText() {}

  /** The text in UTF-8; there its mark stays, for places to be those of the file. */
  public static InputStream utf8(InputStream bytes, Charset otherwise) throws IOException {
    PushbackInputStream in = new PushbackInputStream(bytes, LONGEST);
    byte[] head = in.readNBytes(LONGEST);
    Mark mark = mark(head);
    Charset charset = mark == null ? otherwise : mark.charset;
    if (charset.equals(StandardCharsets.UTF_8)) {
      in.unread(head);
      return in;
    }
    int passed = mark == null ? 0 : mark.bytes.length;
    in.unread(head, passed, head.length - passed);
    return new Utf8Stream(in, charset);
  }

  /** Whether a file that begins with these bytes is UTF-8 as it stands. */
  public static boolean isUtf8(byte[] head, Charset otherwise) {
    Mark mark = mark(head);
    return (mark == null ? otherwise : mark.charset).equals(StandardCharsets.UTF_8);
  }

  /** Bytes of the mark that UTF-8 text begins with; 0 when there is none. */
  public static int markLength(byte[] utf8) {
    return MARKS[0].starts(utf8) ? MARKS[0].bytes.length : 0;
  }

  private static Mark mark(byte[] head) {
    return Arrays.stream(MARKS).filter(mark -> mark.starts(head)).findFirst().orElse(null);
  }
}
