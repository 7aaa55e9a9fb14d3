package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.work.runs.RunFolder;
import dev.almanac.pipelines.work.runs.ShowRun;
import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.label.Labels;
import dev.almanac.transforms.problem.RequestException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "show",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    header = "Show a run: what went in, how every epoch went, how good it is.",
    description = "%n" + FolderCommand.CONFIG_TEXT + "%n")
final class RunsShowCommand extends FolderCommand {
  @Parameters(
      arity = "0..*",
      paramLabel = "[CONFIG] RUN",
      description =
          WhereOption.RUN_TEXT + " With a config it may be left out: the one that stands for it.")
  private List<String> given = new ArrayList<>();

  RunsShowCommand(Session session) {
    super(session);
  }

  @Override
  List<String> given() {
    return given;
  }

  @Override
  Result result(RunFolder folder, List<String> words) throws Exception {
    if (words.size() > 1 || words.isEmpty() && config() == null) {
      throw new RequestException(
          words.isEmpty()
              ? "Cannot show a run: name one, or a config"
              : "Cannot show several runs: `almanac runs compare` puts runs side by side");
    }
    ShowRun.Shown shown = run(new ShowRun(folder, words.isEmpty() ? null : words.get(0), config()));
    Table epochs = new Table("epoch", "train loss", "validation loss", "seconds", "rows/s", "");
    shown.epochs().damage().forEach(watch()::line);
    for (EpochRecord epoch : shown.epochs().values()) {
      epochs.row(
          epoch.epoch(),
          epoch.trainLoss(),
          epoch.validationLoss(),
          epoch.speed().seconds(),
          epoch.speed().rowsPerSecond(),
          epoch.best() ? "best" : "");
    }
    Result summary = Summaries.run(shown.run());
    return new Result(
            summary.json(), summary.text() + labels(shown.labels()) + "\n" + epochs.text())
        .with("record", shown.run().record())
        .with("labels", shown.labels())
        .with("damage", shown.epochs().damage());
  }

  private static String labels(Labels labels) {
    StringBuilder text = new StringBuilder();
    if (labels.group() != null) {
      text.append("Group:   %s%n".formatted(labels.group()));
    }
    labels.tags().forEach((key, value) -> text.append("Tag:     %s=%s%n".formatted(key, value)));
    if (labels.note() != null) {
      text.append("Note:    %s%n".formatted(labels.note()));
    }
    return text.isEmpty() ? "" : "\n" + text;
  }
}
