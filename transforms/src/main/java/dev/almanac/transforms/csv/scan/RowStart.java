package dev.almanac.transforms.csv.scan;

import java.io.IOException;
import java.io.PushbackInputStream;

/** Finds where the next row starts when every line break ends a row. */
public final class RowStart {
  /** Bytes that the stream must be able to take back. */
  public static final int PUSHBACK = 1 << 12;

  private RowStart() {}

  /**
   * Reads up to and with the next line break: CR LF, LF or a lone CR.
   *
   * @return how many bytes were passed; all that were left when there is no line break
   */
  public static long skipTo(PushbackInputStream in) throws IOException {
    long passed = 0;
    byte[] buffer = new byte[PUSHBACK];
    while (true) {
      int count = in.read(buffer);
      if (count < 0) {
        return passed;
      }
      for (int i = 0; i < count; i++) {
        if (buffer[i] == '\n' || buffer[i] == '\r') {
          boolean returned = buffer[i] == '\r';
          in.unread(buffer, i + 1, count - i - 1);
          return passed + i + 1 + (returned ? skipLineFeed(in) : 0);
        }
      }
      passed += count;
    }
  }

  private static int skipLineFeed(PushbackInputStream in) throws IOException {
    int next = in.read();
    if (next == '\n') {
      return 1;
    }
    if (next >= 0) {
      in.unread(next);
    }
    return 0;
  }
}
