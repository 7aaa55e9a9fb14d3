package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.work.Watch;
import picocli.CommandLine.Option;

/** How a command shows what it does and what comes of it; mixed into each. */
final class OutputOptions {
  @Option(
      names = "--json",
      description = "Prints the result as one JSON object on standard output.")
  private boolean json;

  @Option(names = "--quiet", description = "Shows no progress.")
  private boolean quiet;

  @Option(names = "--debug", description = "Shows the stack trace of an error.")
  private boolean debug;

  boolean isDebug() {
    return debug;
  }

  /** What a command does, and says of it. */
  @FunctionalInterface
  interface Act {
    Result under(Watch watch) throws Exception;
  }

  /** Shows what a command does and what comes of it; returns the exit status. */
  int show(Session session, Act act) throws Exception {
    Console console = new Console(session.err(), Console.style(quiet));
    try {
      Result result = act.under(new Watch(console, session.cancellation()));
      console.show(result, session.out(), json);
      return result.status();
    } finally {
      console.close();
    }
  }
}
