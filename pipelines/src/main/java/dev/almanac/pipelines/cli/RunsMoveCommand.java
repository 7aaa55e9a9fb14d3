package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.work.runs.LabelRuns;
import dev.almanac.pipelines.work.runs.RunFolder;
import dev.almanac.pipelines.work.runs.SelectRuns;
import dev.almanac.training.run.label.Labels;
import dev.almanac.transforms.problem.RequestException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "move",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    header = "Move runs into a group, which is listed like a folder.",
    description =
        "%n"
            + FolderCommand.CONFIG_TEXT
            + " Nothing moves on disk: a run keeps its folder, and is found by its id as before.%n")
final class RunsMoveCommand extends FolderCommand {
  @Parameters(
      arity = "0..*",
      paramLabel = "[CONFIG] RUN... GROUP/PATH",
      description =
          WhereOption.RUN_TEXT
              + " The last word is the group, such as baselines/resnet; / for none.")
  private List<String> given = new ArrayList<>();

  @Mixin private WhereOption where;

  RunsMoveCommand(Session session) {
    super(session);
  }

  @Override
  List<String> given() {
    return given;
  }

  @Override
  Result result(RunFolder folder, List<String> words) throws Exception {
    if (words.isEmpty()) {
      throw new RequestException("Cannot move: give runs and a group, such as baselines/resnet");
    }
    int last = words.size() - 1;
    String group = Labels.path(words.get(last));
    List<String> names = run(new SelectRuns(folder, where.either(words.subList(0, last), "move")));
    return Labeled.result(
        "Moved to %s:".formatted(group == null ? "/" : group),
        run(new LabelRuns(folder, names, new LabelRuns.Group(group))));
  }
}
