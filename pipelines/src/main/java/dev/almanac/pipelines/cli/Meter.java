package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.work.Figures;
import java.util.Locale;

/** Says in one short line how far a piece of work is, how fast it goes and when it will end. */
final class Meter {
  private static final int WIDTH = 20;

  private final String what;
  private final long from;
  private final long start;

  /**
   * @param from how much was done before it began
   * @param start nanoseconds on any clock; the same clock gives {@code now}
   */
  Meter(String what, long from, long start) {
    this.what = what;
    this.from = from;
    this.start = start;
  }

  String what() {
    return what;
  }

  String text(long done, long total, String unit, String note, long now) {
    return text(WIDTH, true, done, total, unit, note, now);
  }

  /** The same in so many columns: with a shorter bar or none, without the rate, then cut off. */
  String fitting(int columns, long done, long total, String unit, String note, long now) {
    String text = "";
    for (int bar : new int[] {WIDTH, WIDTH / 2, 0}) {
      text = text(bar, true, done, total, unit, note, now);
      if (columns(text) <= columns) {
        return text;
      }
    }
    return cut(text(0, false, done, total, unit, note, now), columns);
  }

  private String text(
      int bar, boolean rated, long done, long total, String unit, String note, long now) {
    double seconds = Math.max(1e-9, (now - start) / 1e9);
    double rate = (done - from) / seconds;
    StringBuilder text = new StringBuilder(what);
    if (total > 0) {
      double share = Math.min(1.0, (double) done / total);
      if (bar > 0) {
        int full = (int) (share * bar);
        text.append(" [").append("=".repeat(full)).append(" ".repeat(bar - full)).append(']');
      }
      text.append(String.format(Locale.ROOT, " %3.0f %%", share * 100));
    }
    text.append("  ").append(Figures.count(done)).append(' ').append(unit);
    if (done > from && seconds >= 0.5) {
      if (rated && rate >= 1) {
        text.append("  ").append(Figures.count(Math.round(rate))).append('/').append('s');
      }
      if (total > done) {
        text.append("  ").append(Figures.duration((total - done) / rate)).append(" left");
      }
    }
    if (!note.isEmpty()) {
      text.append("  ").append(note);
    }
    return text.toString();
  }

  /** The columns that a terminal takes for a text: two for a wide character, none for a mark. */
  static int columns(String text) {
    return text.codePoints().map(Meter::columns).sum();
  }

  private static int columns(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    Character.UnicodeScript script = Character.UnicodeScript.of(c);
    boolean wide =
        script == Character.UnicodeScript.HAN
            || script == Character.UnicodeScript.HIRAGANA
            || script == Character.UnicodeScript.KATAKANA
            || script == Character.UnicodeScript.HANGUL
            || c >= 0xFF01 && c <= 0xFF60
            || c >= 0x1F300 && c <= 0x1FAFF;
    return wide ? 2 : 1;
  }

  private static String cut(String text, int columns) {
    if (columns(text) <= columns) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    int used = 0;
    for (int c : text.codePoints().toArray()) {
      used += columns(c);
      if (used > columns - 3) {
        break;
      }
      kept.appendCodePoint(c);
    }
    return kept.append("...").toString();
  }
}
