package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.work.study.ShowStudy;
import dev.almanac.pipelines.work.study.StudyFolders;
import dev.almanac.transforms.problem.RequestException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "show",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    header = "Show a study: the best trials, what they differ in, what mattered; write its page.",
    description = "%n" + StudiesCommand.WORDS + "%n")
final class StudyShowCommand extends StudiesCommand {
  @Parameters(arity = "0..2", paramLabel = "[CONFIG] [STUDY]", description = "See above.")
  private List<String> given = new ArrayList<>();

  @Option(
      names = "--best",
      paramLabel = "COUNT",
      defaultValue = "5",
      description = "How many of the best trials (default: ${DEFAULT-VALUE}).")
  private int best;

  StudyShowCommand(Session session) {
    super(session);
  }

  @Override
  List<String> given() {
    return given;
  }

  @Override
  Result result(StudyFolders folders, String study) throws Exception {
    if (best < 1) {
      throw new RequestException("Cannot show so few: --best is 1 or more (%s)".formatted(best));
    }
    ShowStudy.Shown shown = run(new ShowStudy(folders, study, best));
    int columns = TerminalWidth.ofThisTerminal().columns(System.nanoTime());
    return Result.of(new StudyText(shown, columns).text())
        .with("study", shown.line())
        .with("sampler", shown.study().question("sampler"))
        .with("course", shown.study().question("course"))
        .with("asked", shown.study().file().path("asked"))
        .with("best", shown.best())
        .with("confirmed", SearchSummary.confirmed(shown.confirmed()))
        .with("importance", shown.importances())
        .with("page", shown.page())
        .with("damage", shown.study().damage());
  }
}
