package dev.almanac.testdata;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads counts of bytes as people write them: {@code 500000}, {@code 1GB} (10^9), {@code 1.5GiB}
 * (2^30).
 */
final class ByteCount {

  private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([KMGT]?I?B)?");

  private static final Map<String, Long> UNITS =
      Map.of(
          "B", 1L,
          "KB", 1_000L,
          "MB", 1_000_000L,
          "GB", 1_000_000_000L,
          "TB", 1_000_000_000_000L,
          "KIB", 1L << 10,
          "MIB", 1L << 20,
          "GIB", 1L << 30,
          "TIB", 1L << 40);

  private ByteCount() {}

  /**
   * @throws NumberFormatException if the text is no count of bytes
   */
  static long parse(String text) {
    Matcher matcher = FORM.matcher(text.strip().toUpperCase(Locale.ROOT));
    String unit = matcher.matches() && matcher.group(2) != null ? matcher.group(2) : "B";
    if (!matcher.matches() || !UNITS.containsKey(unit)) {
      throw new NumberFormatException("no count of bytes like 500000, 1GB or 1.5GiB");
    }
    try {
      return new BigDecimal(matcher.group(1))
          .multiply(BigDecimal.valueOf(UNITS.get(unit)))
          .toBigInteger()
          .longValueExact();
    } catch (ArithmeticException e) {
      throw new NumberFormatException("more bytes than fit in 63 bits");
    }
  }
}
