package dev.almanac.pipelines.cli;

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

  boolean isJson() {
    return json;
  }

  boolean isDebug() {
    return debug;
  }

  Console console(Session session) {
    return new Console(session.err(), Console.style(quiet));
  }
}
