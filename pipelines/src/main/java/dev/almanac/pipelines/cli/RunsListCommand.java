package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.work.runs.ListRuns;
import dev.almanac.pipelines.work.runs.ListRuns.Listed;
import dev.almanac.pipelines.work.runs.RunFolder;
import dev.almanac.pipelines.work.runs.Selection;
import dev.almanac.training.run.label.Labels;
import dev.almanac.transforms.problem.RequestException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "list",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    header = "List runs, the newest first: all, those of a group, those that a filter finds.",
    description = {
      "%n" + FolderCommand.CONFIG_TEXT + " A word that ends in a slash is a group.%n",
      "A filter compares facts of runs with =, !=, <, <=, >, >=, in (a, b), like 'a%%', ilike, contains, is null, joined by and, or, not and parentheses. "
          + "Facts are state, name, group, study, trial, dataset, created, seconds and more, params.PATH of the config, metrics.SPLIT.NAME of the weights kept "
          + "(.last, .min and .max over the epochs), tags.KEY, machine.PATH, code.PATH. Times are in UTC, such as 2026-11-01, or -7d for seven days ago. "
          + "A missing value matches no comparison.%n"
    })
final class RunsListCommand extends FolderCommand {
  /** Runs of a page. */
  private static final int PAGE = 50;

  @Parameters(
      arity = "0..*",
      paramLabel = "[CONFIG] [GROUP/]",
      description = "A config, and a group with a slash at its end.")
  private List<String> given = new ArrayList<>();

  @Mixin private WhereOption where;

  @Option(
      names = "--sort",
      paramLabel = "KEY,-KEY",
      description = "By what they are sorted; a minus turns the order round (default: -created).")
  private String sort;

  @Option(
      names = "--columns",
      paramLabel = "KEY,KEY",
      split = ",",
      description = "Shows these facts in place of the usual ones.")
  private List<String> columns = new ArrayList<>();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Runs of a page; 0 for all (default: 50, with --json and --csv all).")
  private Integer limit;

  @Option(
      names = "--page",
      paramLabel = "N",
      defaultValue = "1",
      description = "Which page (default: ${DEFAULT-VALUE}).")
  private int page;

  @Option(names = "--csv", description = "Prints CSV.")
  private boolean csv;

  @Option(names = "--deleted", description = "Lists the runs that were deleted and not purged.")
  private boolean deleted;

  private final boolean json;

  RunsListCommand(Session session) {
    super(session);
    json = session.arguments().contains("--json");
  }

  @Override
  List<String> given() {
    return given;
  }

  @Override
  Result result(RunFolder folder, List<String> words) throws Exception {
    List<String> groups = words.stream().filter(word -> word.endsWith("/")).toList();
    int size = limit == null ? (json || csv ? 0 : PAGE) : limit;
    List<String> problems = new ArrayList<>();
    if (groups.size() < words.size()) {
      problems.add(
          "Cannot list '%s': a word is a config that ends in .yaml, or a group that ends in a slash; --where finds runs by what they are"
              .formatted(words.stream().filter(word -> !word.endsWith("/")).findFirst().get()));
    }
    if (groups.size() > 1) {
      problems.add("Cannot list two groups at once: " + String.join(" ", groups));
    }
    if (size < 0 || page < 1 || (size == 0 && page > 1)) {
      problems.add("Cannot show that page: --limit counts from 0, --page from 1 and needs a limit");
    }
    if (!problems.isEmpty()) {
      throw new RequestException(problems);
    }
    String group = groups.isEmpty() ? null : Labels.path(groups.get(0));
    Listed listed =
        run(
            new ListRuns(
                deleted ? folder.deleted() : folder,
                new Selection(List.of(), where.text(), group),
                sort,
                columns,
                (page - 1) * size,
                size));
    RunList shown = new RunList(listed, columns, page, size);
    return csv ? new Result(shown.json(), shown.csv()) : new Result(shown.json(), shown.text());
  }
}
