package dev.almanac.pipelines.report.page;

import java.util.Locale;

/**
 * How numbers of one kind are written: with as many decimals as suit a typical one of them, so that
 * a column of them lines up.
 */
public record Digits(int decimals) {
  private static final int SIGNIFICANT = 4;
  private static final int MOST_DECIMALS = 8;
  private static final String MINUS = "\u2212";

  /** Four digits of a number of this size. */
  public static Digits of(double typical) {
    double size = Math.abs(typical);
    if (!(size > 0) || Double.isInfinite(size)) {
      return new Digits(SIGNIFICANT - 1);
    }
    int before = (int) Math.floor(Math.log10(size)) + 1;
    return new Digits(Math.max(0, Math.min(MOST_DECIMALS, SIGNIFICANT - before)));
  }

  /** One number on its own, in four digits. */
  public static String alone(Double value) {
    if (value == null) {
      return "";
    }
    double size = Math.abs(value);
    if (size != 0 && (size < 1e-4 || size >= 1e9)) {
      return String.format(Locale.ROOT, "%.2e", value).replace("-", MINUS);
    }
    return of(value).brief(value);
  }

  /** Without zeros at the end of the decimals. */
  String brief(double value) {
    String text = text(value);
    return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
  }

  public String text(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    String text = String.format(Locale.ROOT, ("%,." + decimals + "f"), value);
    return signless(text);
  }

  /** With a plus before numbers above zero. */
  public String signed(double value) {
    String text = text(value);
    return text.isEmpty() || text.startsWith(MINUS) || isZero(text) ? text : "+" + text;
  }

  private static String signless(String text) {
    if (!text.startsWith("-")) {
      return text;
    }
    return isZero(text) ? text.substring(1) : MINUS + text.substring(1);
  }

  private static boolean isZero(String text) {
    return text.chars().noneMatch(c -> c >= '1' && c <= '9');
  }

  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A part of a whole in percent, such as {@code 72.5%}. */
  public static String share(double share) {
    if (Double.isNaN(share)) {
      return "";
    }
    if (share > 0 && share < 0.001) {
      return "<0.1%";
    }
    return share < 1 && share > 0.999
        ? ">99.9%"
        : String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  public static String bytes(long bytes) {
    String[] units = {"B", "kB", "MB", "GB", "TB", "PB"};
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, (unit == 0 ? "%.0f %s" : "%.3g %s"), value, units[unit]);
  }

  public static String duration(double seconds) {
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? "%s min %s s".formatted(whole / 60, whole % 60)
        : "%s h %s min".formatted(whole / 3600, whole % 3600 / 60);
  }

  /** A number for a picture: six digits are finer than a pixel. */
  static Double drawn(double value) {
    return Double.isFinite(value)
        ? Double.valueOf(String.format(Locale.ROOT, "%.6g", value))
        : null;
  }
}
