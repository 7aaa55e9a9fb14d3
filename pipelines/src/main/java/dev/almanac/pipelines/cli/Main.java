package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.work.Cancellation;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The command line.
 *
 * <p>Exit status 0; 1 when the work failed; 2 when the request was wrong, with every problem at
 * once. Results go to standard output, progress, logs and errors to standard error.
 */
@picocli.CommandLine.Command(
    name = "almanac",
    versionProvider = VersionLines.class,
    sortOptions = false,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    header = "From dated CSV files to a trained model, on the engine you run.",
    description = {
      "",
      "A config file says where the rows are, what the columns mean, how dates split them and what to train."
          + " `run` does everything; the other commands do one stage each.",
      ""
    },
    footer = {
      "",
      "What follows `--` goes to Beam's options unchanged, for example: -- --awsRegion=eu-west-1",
      "`almanac help COMMAND` shows a command's options, `almanac help config` every key of a config.",
      "Exit status: 0, 1 when the work failed, 2 when the request was wrong."
    })
public final class Main {
  private static final String DELIMITER = "--";

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments, System.out, System.err));
  }

  /** Runs one command and returns the exit status. */
  public static int run(String[] arguments, PrintStream out, PrintStream err) {
    try (EndOfProcess end = new EndOfProcess()) {
      return run(arguments, out, err, end.cancellation());
    }
  }

  private static int run(
      String[] arguments, PrintStream out, PrintStream err, Cancellation cancellation) {
    List<String> all = Arrays.asList(arguments);
    int delimiter = all.indexOf(DELIMITER);
    List<String> own = delimiter < 0 ? all : all.subList(0, delimiter);
    List<String> beam = delimiter < 0 ? List.of() : all.subList(delimiter + 1, all.size());
    boolean json = own.contains("--json");
    CommandLine line =
        commandLine(new Session(List.copyOf(own), List.copyOf(beam), out, err, cancellation));
    line.setExpandAtFiles(false);
    line.setUsageHelpAutoWidth(true);
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    line.setParameterExceptionHandler(
        (e, given) -> {
          new Failure(Failure.REQUEST, explained(e)).show(out, err, json);
          return Failure.REQUEST;
        });
    line.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          Failure failure = Failure.of(e, command.getCommandName());
          failure.show(out, err, json);
          if (isDebug(parsed)) {
            e.printStackTrace(err);
          }
          return failure.status();
        });
    try {
      return line.execute(own.toArray(new String[0]));
    } catch (Error e) {
      // Picocli hands on exceptions alone: memory and stack that run out would be a stack trace.
      Failure failure = Failure.of(e, own.isEmpty() ? "almanac" : own.get(0));
      failure.show(out, err, json);
      if (own.contains("--debug")) {
        e.printStackTrace(err);
      }
      return failure.status();
    }
  }

  private static CommandLine commandLine(Session session) {
    CommandLine line = new CommandLine(new Main());
    line.addSubcommand(new InitCommand(session));
    line.addSubcommand(new RunCommand(session));
    line.addSubcommand(new SchemaCommand(session));
    line.addSubcommand(new PrepareCommand(session));
    line.addSubcommand(new VerifyCommand(session));
    line.addSubcommand(new TrainCommand(session));
    line.addSubcommand(new EvaluateCommand(session));
    line.addSubcommand(new ReportCommand(session));
    line.addSubcommand(new PredictCommand(session));
    line.addSubcommand(new ExportCommand(session));
    line.addSubcommand(new SearchCommand(session));
    line.addSubcommand(new WorkerCommand(session));
    CommandLine runs = new CommandLine(new RunsCommand());
    runs.addSubcommand(new RunsListCommand(session));
    runs.addSubcommand(new RunsShowCommand(session));
    runs.addSubcommand(new RunsCompareCommand(session));
    runs.addSubcommand(new RunsTagCommand(session));
    runs.addSubcommand(new RunsNoteCommand(session));
    runs.addSubcommand(new RunsMoveCommand(session));
    runs.addSubcommand(new RunsCancelCommand(session));
    runs.addSubcommand(new RunsDeleteCommand(session));
    runs.addSubcommand(new RunsRestoreCommand(session));
    runs.addSubcommand(new RunsPurgeCommand(session));
    runs.addSubcommand(new RunsExportCommand(session));
    runs.addSubcommand(new RunsPromoteCommand(session));
    runs.addSubcommand(new RunsRerunCommand(session));
    runs.addSubcommand(new RunsVerifyCommand(session));
    runs.addSubcommand(new RunsSyncCommand(session));
    line.addSubcommand(runs);
    CommandLine study = new CommandLine(new StudyCommand());
    study.addSubcommand(new StudyListCommand(session));
    study.addSubcommand(new StudyShowCommand(session));
    study.addSubcommand(new StudyExportCommand(session));
    study.addSubcommand(new StudyImportCommand(session));
    line.addSubcommand(study);
    line.addSubcommand(new HelpCommand(session));
    return line;
  }

  private static String explained(ParameterException e) {
    List<String> lines = new ArrayList<>();
    lines.add("Cannot understand the request: " + e.getMessage());
    List<String> close = new ArrayList<>();
    if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
      close.addAll(unmatched.getSuggestions());
    }
    if (!close.isEmpty()) {
      lines.add("Did you mean: " + String.join(", ", close) + "?");
    }
    lines.add("Usage: " + e.getCommandLine().getHelp().synopsis(0).strip());
    lines.add("Try '%s --help'.".formatted(e.getCommandLine().getCommandSpec().qualifiedName()));
    return String.join("\n", lines);
  }

  private static boolean isDebug(ParseResult parsed) {
    ParseResult at = parsed;
    while (at.hasSubcommand()) {
      at = at.subcommand();
    }
    return at.hasMatchedOption("--debug");
  }
}
