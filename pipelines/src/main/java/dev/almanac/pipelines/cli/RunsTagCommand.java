package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.work.runs.LabelRuns;
import dev.almanac.pipelines.work.runs.RunFolder;
import dev.almanac.pipelines.work.runs.SelectRuns;
import dev.almanac.training.run.label.Labels;
import dev.almanac.transforms.problem.RequestException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "tag",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    header = "Tag runs with keys and values, by which they are found.",
    description = "%n" + FolderCommand.CONFIG_TEXT + " Tags of other keys stay.%n")
final class RunsTagCommand extends FolderCommand {
  @Parameters(
      arity = "0..*",
      paramLabel = "[CONFIG] RUN... KEY=VALUE...",
      description = WhereOption.RUN_TEXT + " A word with an equals sign is a tag.")
  private List<String> given = new ArrayList<>();

  @Mixin private WhereOption where;

  @Option(
      names = "--remove",
      paramLabel = "KEY",
      description = "Takes the tag of this key away. May be repeated.")
  private List<String> removed = new ArrayList<>();

  RunsTagCommand(Session session) {
    super(session);
  }

  @Override
  List<String> given() {
    return given;
  }

  @Override
  Result result(RunFolder folder, List<String> words) throws Exception {
    Map<String, String> tags = new LinkedHashMap<>();
    List<String> runs = new ArrayList<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals < 0) {
        runs.add(word);
      } else {
        tags.put(word.substring(0, equals), word.substring(equals + 1));
      }
    }
    if (tags.isEmpty() && removed.isEmpty()) {
      throw new RequestException("Cannot tag: give KEY=VALUE, or --remove KEY");
    }
    List<String> names = run(new SelectRuns(folder, where.either(runs, "tag")));
    Map<String, Labels> labels =
        run(new LabelRuns(folder, names, new LabelRuns.Tags(tags, removed)));
    return Labeled.result("Tagged", labels);
  }
}
