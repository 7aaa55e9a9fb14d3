package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.work.runs.DeleteRuns;
import dev.almanac.pipelines.work.runs.RunFolder;
import dev.almanac.pipelines.work.runs.SelectRuns;
import dev.almanac.transforms.problem.Count;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "delete",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    header = "Delete runs, so that they can be restored.",
    description =
        "%n"
            + FolderCommand.CONFIG_TEXT
            + " They lie in .deleted of the folder of runs until they are purged.%n")
final class RunsDeleteCommand extends FolderCommand {
  @Parameters(arity = "0..*", paramLabel = "[CONFIG] RUN...", description = WhereOption.RUN_TEXT)
  private List<String> given = new ArrayList<>();

  @Mixin private WhereOption where;

  @Mixin private Question question;

  @Option(
      names = "--force",
      description = "Deletes even runs that are under way, that are promoted or that won a study.")
  private boolean forced;

  RunsDeleteCommand(Session session) {
    super(session);
  }

  @Override
  List<String> given() {
    return given;
  }

  @Override
  Result result(RunFolder folder, List<String> words) throws Exception {
    List<String> names = run(new SelectRuns(folder, where.either(words, "delete")));
    if (!where.isAgreed(question, "delete", names, folder)) {
      return Result.of("Nothing was deleted%n".formatted())
          .with("count", 0)
          .withStatus(Failure.WORK);
    }
    List<String> deleted = run(new DeleteRuns(folder, names, forced));
    return Result.of(
            "Deleted %s; `almanac runs restore` brings them back%n"
                .formatted(Count.of(deleted.size(), "run")))
        .with("count", deleted.size())
        .with("runs", deleted);
  }
}
