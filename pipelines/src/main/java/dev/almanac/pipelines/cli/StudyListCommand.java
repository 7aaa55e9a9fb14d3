package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.work.Figures;
import dev.almanac.pipelines.work.study.ListStudies;
import dev.almanac.pipelines.work.study.StudyFolders;
import dev.almanac.training.search.StudyRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "list",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    header = "List studies: how far each is and its best value.",
    description = "%n" + StudiesCommand.WORDS + "%n")
final class StudyListCommand extends StudiesCommand {
  @Parameters(arity = "0..1", paramLabel = "[CONFIG]", description = "See above.")
  private List<String> given = new ArrayList<>();

  StudyListCommand(Session session) {
    super(session);
  }

  @Override
  List<String> given() {
    return given;
  }

  @Override
  Result result(StudyFolders folders, String study) throws Exception {
    StudyFolders asked =
        study != null && StudyRecord.isThere(study) ? new StudyFolders(study) : folders;
    ListStudies.Listed listed = run(new ListStudies(asked));
    Table table = new Table("study", "state", "trials", "best", "epochs", "trained", "begun");
    for (ListStudies.Line line : listed.studies()) {
      table.row(
          line.name(),
          line.state().text(),
          trials(line),
          line.best() == null ? "" : Figures.number(line.best()),
          line.rowGroups() == null ? line.trained().replace(" epochs", "") : line.trained(),
          Figures.duration(line.seconds()),
          line.since() == null ? "" : line.since().replaceFirst("T(\\d\\d:\\d\\d).*", " $1"));
    }
    StringBuilder reasons = new StringBuilder();
    listed
        .unreadable()
        .forEach(
            (name, reason) -> {
              table.row(name, "unreadable", "", "", "", "", "");
              reasons.append('\n').append(reason).append('\n');
            });
    boolean isEmpty = listed.studies().isEmpty() && listed.unreadable().isEmpty();
    return Result.of(
            isEmpty ? "No study lies in %s%n".formatted(listed.folder()) : table.text() + reasons)
        .with("folder", listed.folder())
        .with("studies", listed.studies())
        .with("unreadable", listed.unreadable());
  }

  /** How many, and of which states other than finished. */
  private static String trials(ListStudies.Line line) {
    long all = line.trials().values().stream().mapToLong(Long::longValue).sum();
    String others =
        line.trials().entrySet().stream()
            .filter(each -> !each.getKey().equals("finished"))
            .map(each -> "%s %s".formatted(each.getValue(), each.getKey()))
            .collect(Collectors.joining(", "));
    return others.isEmpty() ? Long.toString(all) : "%s (%s)".formatted(all, others);
  }
}
