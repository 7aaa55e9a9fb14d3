package dev.almanac.pipelines.cli;

import java.io.PrintStream;

/**
 * Shows progress to a person: one line that changes in place on a terminal, or else a plain line
 * now and then, so that a log file stays short. Thread-safe.
 */
final class Console implements Progress {
  private static final long TERMINAL_NANOS = 100_000_000L;
  private static final long PLAIN_NANOS = 10_000_000_000L;
  private static final String ERASE = "\r\u001b[K";

  /** How much is shown. */
  enum Style {
    TERMINAL,
    PLAIN,
    QUIET
  }

  private final PrintStream err;
  private final Style style;
  private Meter meter;
  private long shown;
  private boolean open;

  Console(PrintStream err, Style style) {
    this.err = err;
    this.style = style;
  }

  /** The style that suits where this program writes to. */
  static Style style(boolean quiet) {
    if (quiet) {
      return Style.QUIET;
    }
    boolean terminal = System.console() != null && !"dumb".equals(System.getenv("TERM"));
    return terminal ? Style.TERMINAL : Style.PLAIN;
  }

  @Override
  public synchronized void line(String text) {
    if (style == Style.QUIET) {
      return;
    }
    close();
    err.println(text);
    err.flush();
  }

  @Override
  public synchronized void step(String what, long done, long total, String unit, String note) {
    if (style == Style.QUIET) {
      return;
    }
    long now = System.nanoTime();
    boolean begins = meter == null || !meter.what().equals(what);
    if (begins) {
      close();
      meter = new Meter(what, now);
      shown = now;
    }
    boolean ends = total > 0 && done >= total;
    long pause = style == Style.TERMINAL ? TERMINAL_NANOS : PLAIN_NANOS;
    if (!ends && (now - shown < pause && !(begins && style == Style.TERMINAL))) {
      return;
    }
    shown = now;
    String text = meter.text(done, total, unit, note, now);
    if (style == Style.TERMINAL) {
      err.print(ERASE + text);
      open = true;
    } else {
      err.println(text);
    }
    err.flush();
    if (ends) {
      close();
      meter = null;
    }
  }

  /** Ends the changing line, if there is one. */
  synchronized void close() {
    if (open) {
      err.println();
      open = false;
    }
  }
}
