package dev.almanac.pipelines.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Several commands in one process, which the launcher runs to archive the classes that they load: a
 * JVM writes such an archive as it exits, and has one.
 *
 * <p>Arguments are those of one command after another with {@code then} between them. The first
 * command that fails ends the process with its status; otherwise it is 0.
 */
final class Archiving {
  private static final String THEN = "then";

  private Archiving() {}

  public static void main(String[] arguments) {
    int status = 0;
    for (List<String> command : commands(arguments)) {
      status = Main.run(command.toArray(new String[0]), System.out, System.err);
      if (status != 0) {
        break;
      }
    }
    System.exit(status);
  }

  static List<List<String>> commands(String... arguments) {
    List<List<String>> commands = new ArrayList<>(List.of(new ArrayList<>()));
    for (String argument : arguments) {
      if (argument.equals(THEN)) {
        commands.add(new ArrayList<>());
      } else {
        commands.get(commands.size() - 1).add(argument);
      }
    }
    return commands;
  }
}
