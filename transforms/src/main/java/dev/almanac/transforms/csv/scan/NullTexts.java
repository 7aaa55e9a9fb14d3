package dev.almanac.transforms.csv.scan;

import dev.almanac.transforms.schema.text.NumberForm;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The cell texts that mean a missing value, compared as bytes. */
public final class NullTexts {
  private static final double LARGEST_EXACT = 0x1p53;

  private final boolean emptyIsNull;
  private final byte[][] texts;

  /** Whether a null text starts with this byte: nearly every other cell ends its check here. */
  private final boolean[] startsOne = new boolean[256];

  /** The values of those that are numbers. */
  private final double[] numbers;

  private final NumberForm form;

  public NullTexts(List<String> nulls, NumberForm form) {
    this.form = form;
    numbers =
        nulls.stream()
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .mapToDouble(text -> form.parseDouble(text, 0, text.length))
            .filter(Double::isFinite)
            .distinct()
            .toArray();
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

  /** Whether a cell means missing in a column that may hold numbers. */
  public boolean meanMissing(byte[] bytes, int from, int to) {
    return contains(bytes, from, to) || numbers.length > 0 && containsNumber(bytes, from, to);
  }

  /** Whether an empty cell means missing. */
  public boolean holdEmpty() {
    return emptyIsNull;
  }

  /** Whether some null text is a number. */
  boolean holdNumbers() {
    return numbers.length > 0;
  }

  /**
   * Whether a number means missing: one of a null text's value, however it is written. Integers
   * beyond 2^53 are told apart by their text alone.
   */
  boolean containsNumber(byte[] bytes, int from, int to) {
    double value = form.parseDouble(bytes, from, to);
    if (Math.abs(value) <= LARGEST_EXACT) {
      for (double number : numbers) {
        if (number == value) {
          return true;
        }
      }
    }
    return false;
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
