package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.config.reference.ConfigReference;
import dev.almanac.pipelines.config.reference.ReferenceText;
import dev.almanac.transforms.problem.RequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@picocli.CommandLine.Command(
    name = "help",
    sortOptions = false,
    helpCommand = true,
    header = "Show what a command takes, or every key of a config.",
    description = {
      "%nWithout a word the commands there are; with the words of one, such as `runs list`, what it takes.",
      "With `config` every key of a config: what it may be, its default, what it means, an example. "
          + "`help config train.optimizer` shows a section, `help config momentum` the keys of a name.%n"
    })
final class HelpCommand implements Callable<Integer> {
  private static final String CONFIG = "config";

  private final Session session;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this.")
  private boolean help;

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND or config [KEY]",
      description = "The command, or config and a key or section of it.")
  private List<String> words = new ArrayList<>();

  HelpCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws RequestException {
    if (words.isEmpty() || !words.get(0).equals(CONFIG)) {
      command().usage(session.out());
      return 0;
    }
    int width = TerminalWidth.ofThisTerminal().columns(System.nanoTime());
    ReferenceText text = new ReferenceText(ConfigReference.ofReaders(), width);
    if (words.size() == 1) {
      session.out().print(text.all());
    }
    for (String asked : words.subList(1, words.size())) {
      String found = text.of(asked);
      if (found.isEmpty()) {
        throw new RequestException(
            "Cannot show config key '%s': a config has none of this path or name%s"
                .formatted(asked, text.meant(asked)));
      }
      session.out().print(found);
    }
    return 0;
  }

  /** The command that the words name. */
  private CommandLine command() {
    CommandLine at = spec.parent().commandLine();
    for (String word : words) {
      CommandLine below = at.getSubcommands().get(word);
      if (below == null) {
        throw new ParameterException(
            spec.parent().commandLine(),
            "there is no command '%s'".formatted(String.join(" ", words)));
      }
      at = below;
    }
    return at;
  }
}
