package dev.almanac.pipelines.work;

import java.util.Locale;

/** Numbers in as few characters as a person needs to compare them. */
public final class Figures {
  private Figures() {}

  /** Six significant digits, enough to tell two models apart. */
  public static String number(double value) {
    return String.format(Locale.ROOT, "%.6g", value)
        .replaceFirst("(\\.\\d*?)0+$", "$1")
        .replaceFirst("\\.$", "");
  }

  /** Three digits and a unit from ten thousand on. */
  public static String count(long number) {
    if (number < 10_000) {
      return Long.toString(number);
    } else if (number < 1_000_000) {
      return String.format(Locale.ROOT, "%.1f k", number / 1e3);
    } else if (number < 1_000_000_000L) {
      return String.format(Locale.ROOT, "%.1f M", number / 1e6);
    }
    return String.format(Locale.ROOT, "%.1f G", number / 1e9);
  }

  /** Seconds, or minutes or hours and the rest of them. */
  public static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    } else if (whole < 3600) {
      return String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60);
    }
    return String.format(Locale.ROOT, "%d:%02d h", whole / 3600, whole % 3600 / 60);
  }
}
