package dev.almanac.pipelines.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * How many columns the terminal has: what COLUMNS says, or the terminal itself, or else {@value
 * #USUAL}. Asked again now and then, since windows change. Not thread-safe.
 */
final class TerminalWidth {
  static final int USUAL = 80;
  private static final int LEAST = 10;
  private static final long AGAIN_NANOS = 5_000_000_000L;

  private final Map<String, String> environment;
  private final Supplier<Optional<String>> terminal;
  private int known = -1;
  private long asked;

  /**
   * @param terminal gives the size as {@code stty size} says it, such as {@code 24 80}
   */
  TerminalWidth(Map<String, String> environment, Supplier<Optional<String>> terminal) {
    this.environment = environment;
    this.terminal = terminal;
  }

  static TerminalWidth ofThisTerminal() {
    return new TerminalWidth(System.getenv(), TerminalWidth::stty);
  }

  int columns(long now) {
    if (known < 0 || now - asked > AGAIN_NANOS) {
      asked = now;
      known =
          number(environment.getOrDefault("COLUMNS", ""))
              .or(() -> terminal.get().flatMap(size -> number(size.replaceFirst("^.* ", ""))))
              .orElse(USUAL);
    }
    return known;
  }

  private static Optional<Integer> number(String text) {
    return text.strip().matches("\\d{1,5}")
        ? Optional.of(Integer.parseInt(text.strip())).filter(columns -> columns >= LEAST)
        : Optional.empty();
  }

  private static Optional<String> stty() {
    try {
      Process process =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(1, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      String size =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      return Optional.of(size);
    } catch (IOException absent) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
