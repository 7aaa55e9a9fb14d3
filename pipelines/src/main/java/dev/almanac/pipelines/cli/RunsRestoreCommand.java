package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.work.runs.RestoreRuns;
import dev.almanac.pipelines.work.runs.RunFolder;
import dev.almanac.pipelines.work.runs.SelectRuns;
import dev.almanac.transforms.problem.Count;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "restore",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    header = "Bring deleted runs back.",
    description =
        "%n" + FolderCommand.CONFIG_TEXT + " `runs list --deleted` shows which there are.%n")
final class RunsRestoreCommand extends FolderCommand {
  @Parameters(arity = "0..*", paramLabel = "[CONFIG] RUN...", description = WhereOption.RUN_TEXT)
  private List<String> given = new ArrayList<>();

  @Mixin private WhereOption where;

  RunsRestoreCommand(Session session) {
    super(session);
  }

  @Override
  List<String> given() {
    return given;
  }

  @Override
  Result result(RunFolder folder, List<String> words) throws Exception {
    List<String> names = run(new SelectRuns(folder.deleted(), where.either(words, "restore")));
    List<String> restored = run(new RestoreRuns(folder, names));
    return Result.of("Restored %s%n".formatted(Count.of(restored.size(), "run")))
        .with("count", restored.size())
        .with("runs", restored);
  }
}
