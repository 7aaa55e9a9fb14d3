package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.work.runs.CancelRuns;
import dev.almanac.pipelines.work.runs.RunFolder;
import dev.almanac.pipelines.work.runs.SelectRuns;
import dev.almanac.transforms.problem.Count;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "cancel",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    header = "End runs for good that are trained, on whatever machine, or could be gone on with.",
    description =
        "%n"
            + FolderCommand.CONFIG_TEXT
            + " Their metrics stay, their checkpoints go; a search goes on without them.%n")
final class RunsCancelCommand extends FolderCommand {
  @Parameters(arity = "0..*", paramLabel = "[CONFIG] RUN...", description = WhereOption.RUN_TEXT)
  private List<String> given = new ArrayList<>();

  @Mixin private WhereOption where;

  @Mixin private Question question;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why; stands in the runs' records.")
  private String reason = "by hand";

  RunsCancelCommand(Session session) {
    super(session);
  }

  @Override
  List<String> given() {
    return given;
  }

  @Override
  Result result(RunFolder folder, List<String> words) throws Exception {
    List<String> names = run(new SelectRuns(folder, where.either(words, "cancel")));
    if (!where.isAgreed(question, "cancel", names, folder)) {
      return Result.of("Nothing was cancelled%n".formatted())
          .with("count", 0)
          .withStatus(Failure.WORK);
    }
    List<String> cancelled = run(new CancelRuns(folder, names, reason));
    return Result.of("Cancelled %s%n".formatted(Count.of(cancelled.size(), "run")))
        .with("count", cancelled.size())
        .with("runs", cancelled);
  }
}
