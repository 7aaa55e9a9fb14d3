package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.work.Progress;
import dev.almanac.transforms.manifest.Dataset;
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
  private final TerminalWidth width;
  private Meter meter;
  private long shown;
  private boolean open;

  Console(PrintStream err, Style style) {
    this(err, style, TerminalWidth.ofThisTerminal());
  }

  /**
   * @param width of the terminal: a line that changes must fit, or each change leaves a line behind
   */
  Console(PrintStream err, Style style, TerminalWidth width) {
    this.err = err;
    this.style = style;
    this.width = width;
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
      meter = new Meter(what, done, now);
      shown = now;
    }
    boolean ends = total > 0 && done >= total;
    long pause = style == Style.TERMINAL ? TERMINAL_NANOS : PLAIN_NANOS;
    if (!ends && (now - shown < pause && !(begins && style == Style.TERMINAL))) {
      return;
    }
    shown = now;
    if (style == Style.TERMINAL) {
      // A terminal breaks the line behind its last column.
      int columns = width.columns(now) - 1;
      err.print(ERASE + meter.fitting(columns, done, total, unit, note, now));
      open = true;
    } else {
      err.println(meter.text(done, total, unit, note, now));
    }
    err.flush();
    if (ends) {
      close();
      meter = null;
    }
  }

  @Override
  public void made(Dataset dataset) {
    line(Summaries.dataset(dataset).text());
  }

  /** Shows what a command came to, below the changing line: both may go to one terminal. */
  synchronized void show(Result result, PrintStream out, boolean asJson) {
    close();
    result.show(out, asJson);
  }

  /** Ends the changing line, if there is one. */
  synchronized void close() {
    if (open) {
      err.println();
      err.flush();
      open = false;
    }
  }
}
