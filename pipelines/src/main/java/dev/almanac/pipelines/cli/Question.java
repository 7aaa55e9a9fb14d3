package dev.almanac.pipelines.cli;

import dev.almanac.transforms.problem.RequestException;
import java.io.Console;
import picocli.CommandLine.Option;

/** Asks a person before much is done at once; mixed into commands that do. */
final class Question {
  @Option(
      names = {"-y", "--yes"},
      description = "Does not ask. Needed where nobody can answer.")
  private boolean yes;

  /**
   * Whether it is to be done.
   *
   * @param what such as {@code delete 12 runs of x}
   */
  boolean isAgreed(String what) throws RequestException {
    if (yes) {
      return true;
    }
    Console console = System.console();
    if (console == null) {
      throw new RequestException(
          "Cannot %s without being told so: nobody is there to be asked; give --yes"
              .formatted(what));
    }
    String answer =
        console.readLine("%s%s? [y/N] ", Character.toUpperCase(what.charAt(0)), what.substring(1));
    return answer != null && answer.strip().matches("(?i)y(es)?");
  }
}
