package dev.almanac.transforms.csv;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The cell texts that mean a missing value, compared as bytes. */
final class NullTexts {
  private final boolean emptyIsNull;
  private final byte[][] texts;

  /** Whether a null text starts with this byte: nearly every other cell ends its check here. */
  private final boolean[] startsOne = new boolean[256];

  NullTexts(List<String> nulls) {
    emptyIsNull = nulls.contains("");
    texts =
        nulls.stream()
            .filter(text -> !text.isEmpty())
            .distinct()
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    for (byte[] text : texts) {
      startsOne[text[0] & 0xFF] = true;
    }
  }

  /** Whether a cell means missing; blanks around it are cut off already. */
  boolean contains(byte[] bytes, int from, int to) {
    if (from == to) {
      return emptyIsNull;
    }
    return startsOne[bytes[from] & 0xFF] && isListed(bytes, from, to);
  }

  private boolean isListed(byte[] bytes, int from, int to) {
    for (byte[] text : texts) {
      if (Arrays.equals(text, 0, text.length, bytes, from, to)) {
        return true;
      }
    }
    return false;
  }
}
