package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.yaml.Part;
import dev.almanac.pipelines.work.ConfigFile;
import dev.almanac.pipelines.work.train.Train;
import dev.almanac.pipelines.work.worker.TrialWorker;
import java.io.PrintStream;
import java.util.Set;
import picocli.CommandLine.Option;

/** What a search starts and talks to; not for people. */
@picocli.CommandLine.Command(
    name = WorkerCommand.NAME,
    hidden = true,
    sortOptions = false,
    mixinStandardHelpOptions = true,
    header = "Train what a search asks for, line by line.")
final class WorkerCommand extends Command {
  static final String NAME = "worker";
  static final String COPY = "--copy";

  /** As a process ends on SIGTERM. */
  private static final int GONE = 143;

  private final Session session;

  @Option(
      names = COPY,
      paramLabel = "FILE",
      description = "Where the config's text is read, when it is not where it lies.")
  private String copy;

  WorkerCommand(Session session) {
    super(session);
    this.session = session;
  }

  @Override
  Set<Part> needs() {
    return Train.NEEDS;
  }

  @Override
  ConfigFile file() {
    return super.file().copiedTo(copy);
  }

  @Override
  Result result(AlmanacConfig config) throws Exception {
    PrintStream answers = session.out();
    // Whatever libraries print must not come between answers.
    System.setOut(System.err);
    new TrialWorker(
            file(),
            watch(),
            thrown -> Failure.of(thrown, "train").message(),
            () -> Runtime.getRuntime().halt(GONE))
        .serve(System.in, answers);
    return Result.of("");
  }
}
