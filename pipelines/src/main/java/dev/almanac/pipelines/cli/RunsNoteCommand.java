package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.work.runs.LabelRuns;
import dev.almanac.pipelines.work.runs.RunFolder;
import dev.almanac.pipelines.work.runs.SelectRuns;
import dev.almanac.transforms.problem.RequestException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "note",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    header = "Write a note on a run, or show that there is none.",
    description = "%n" + FolderCommand.CONFIG_TEXT + "%n")
final class RunsNoteCommand extends FolderCommand {
  @Parameters(
      arity = "0..*",
      paramLabel = "[CONFIG] RUN TEXT",
      description = WhereOption.RUN_TEXT + " Then the note, in the place of what was noted before.")
  private List<String> given = new ArrayList<>();

  @Mixin private WhereOption where;

  @Option(names = "--remove", description = "Takes the note away.")
  private boolean remove;

  RunsNoteCommand(Session session) {
    super(session);
  }

  @Override
  List<String> given() {
    return given;
  }

  @Override
  Result result(RunFolder folder, List<String> words) throws Exception {
    boolean filtered = where.text() != null;
    List<String> runs = filtered || words.isEmpty() ? List.of() : words.subList(0, 1);
    String text = String.join(" ", words.subList(runs.size(), words.size()));
    if (remove != text.isBlank()) {
      throw new RequestException("Cannot note: give a text, or --remove, one of the two");
    }
    List<String> names = run(new SelectRuns(folder, where.either(runs, "note")));
    return Labeled.result(
        remove ? "Took the note from" : "Noted on",
        run(new LabelRuns(folder, names, new LabelRuns.Note(text))));
  }
}
