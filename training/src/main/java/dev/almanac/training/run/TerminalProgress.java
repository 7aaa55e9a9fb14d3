package dev.almanac.training.run;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/** Prints an epoch a line, and where one can be rewritten, the state of the one that runs. */
public final class TerminalProgress implements ProgressListener {
  /** Whether a line can be written over. */
  public enum Kind {
    TERMINAL,
    FILE
  }

  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream out;
  private final Kind kind;

  public TerminalProgress(PrintStream out, Kind kind) {
    this.out = out;
    this.kind = kind;
  }

  @Override
  public void note(String text) {
    line(text);
  }

  @Override
  public void step(Progress now) {
    if (kind == Kind.TERMINAL) {
      out.print(
          CLEAR_LINE
              + String.format(
                  Locale.ROOT,
                  "epoch %d/%d  %3.0f %%  loss %.5f  %,.0f rows/s  %s left",
                  now.epoch(),
                  now.epochs(),
                  100.0 * now.step() / now.steps(),
                  now.trainLoss(),
                  now.rowsPerSecond(),
                  duration(now.secondsLeft())));
      out.flush();
    }
  }

  @Override
  public void epoch(EpochRecord epoch) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(Locale.ROOT, "epoch %d  train loss %.5f", epoch.epoch(), epoch.trainLoss()));
    if (epoch.validationLoss() != null) {
      text.append(String.format(Locale.ROOT, "  validation loss %.5f", epoch.validationLoss()));
      for (Map.Entry<String, Double> metric : epoch.validation().entrySet()) {
        text.append(String.format(Locale.ROOT, "  %s %.5g", metric.getKey(), metric.getValue()));
      }
    }
    text.append(String.format(Locale.ROOT, "  %,.0f rows/s", epoch.rowsPerSecond()));
    line(text + (epoch.best() ? "  best" : ""));
  }

  private void line(String text) {
    out.println((kind == Kind.TERMINAL ? CLEAR_LINE : "") + text);
  }

  private static String duration(double seconds) {
    long whole = Math.round(seconds);
    return whole < 60
        ? whole + " s"
        : whole < 3600
            ? "%d min %02d s".formatted(whole / 60, whole % 60)
            : "%d h %02d min".formatted(whole / 3600, whole % 3600 / 60);
  }
}
