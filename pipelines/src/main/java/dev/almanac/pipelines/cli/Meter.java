package dev.almanac.pipelines.cli;

import java.util.Locale;

/** Says in one short line how far a piece of work is, how fast it goes and when it will end. */
final class Meter {
  private static final int WIDTH = 20;

  private final String what;
  private final long start;

  /**
   * @param start nanoseconds on any clock; the same clock gives {@code now}
   */
  Meter(String what, long start) {
    this.what = what;
    this.start = start;
  }

  String what() {
    return what;
  }

  String text(long done, long total, String unit, String note, long now) {
    double seconds = Math.max(1e-9, (now - start) / 1e9);
    double rate = done / seconds;
    StringBuilder text = new StringBuilder(what);
    if (total > 0) {
      double share = Math.min(1.0, (double) done / total);
      int full = (int) (share * WIDTH);
      text.append(" [").append("=".repeat(full)).append(" ".repeat(WIDTH - full)).append(']');
      text.append(String.format(Locale.ROOT, " %3.0f %%", share * 100));
    }
    text.append("  ").append(count(done)).append(' ').append(unit);
    if (done > 0 && seconds >= 0.5) {
      text.append("  ").append(count(Math.round(rate))).append('/').append('s');
      if (total > done) {
        text.append("  ").append(duration((total - done) / rate)).append(" left");
      }
    }
    if (!note.isEmpty()) {
      text.append("  ").append(note);
    }
    return text.toString();
  }

  /** Three digits and a unit from ten thousand on. */
  static String count(long number) {
    if (number < 10_000) {
      return Long.toString(number);
    } else if (number < 1_000_000) {
      return String.format(Locale.ROOT, "%.1f k", number / 1e3);
    } else if (number < 1_000_000_000L) {
      return String.format(Locale.ROOT, "%.1f M", number / 1e6);
    }
    return String.format(Locale.ROOT, "%.1f G", number / 1e9);
  }

  static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    } else if (whole < 3600) {
      return String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60);
    }
    return String.format(Locale.ROOT, "%d:%02d h", whole / 3600, whole % 3600 / 60);
  }
}
