package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.work.runs.PurgeRuns;
import dev.almanac.pipelines.work.runs.RunFolder;
import dev.almanac.pipelines.work.runs.SelectRuns;
import dev.almanac.pipelines.work.runs.Selection;
import dev.almanac.transforms.problem.Count;
import dev.almanac.transforms.problem.RequestException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "purge",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    header = "Delete the files of deleted runs for good.",
    description = "%n" + FolderCommand.CONFIG_TEXT + " Without a run all deleted ones are meant.%n")
final class RunsPurgeCommand extends FolderCommand {
  @Parameters(arity = "0..*", paramLabel = "[CONFIG] [RUN...]", description = WhereOption.RUN_TEXT)
  private List<String> given = new ArrayList<>();

  @Mixin private Question question;

  @Option(
      names = "--older-than",
      paramLabel = "DURATION",
      description = "Those alone that were deleted so long ago, such as 30d or 12h.")
  private String age;

  RunsPurgeCommand(Session session) {
    super(session);
  }

  @Override
  List<String> given() {
    return given;
  }

  @Override
  Result result(RunFolder folder, List<String> words) throws Exception {
    List<String> due = new ArrayList<>(PurgeRuns.due(folder, age == null ? Duration.ZERO : age()));
    if (!words.isEmpty()) {
      due.retainAll(run(new SelectRuns(folder.deleted(), Selection.of(words))));
    }
    String what =
        "purge %s of %s for good".formatted(Count.of(due.size(), "deleted run"), folder.path());
    if (!due.isEmpty() && !question.isAgreed(what)) {
      return Result.of("Nothing was purged%n".formatted())
          .with("count", 0)
          .withStatus(Failure.WORK);
    }
    List<String> purged = run(new PurgeRuns(folder, due));
    return Result.of("Purged %s%n".formatted(Count.of(purged.size(), "run")))
        .with("count", purged.size())
        .with("runs", purged);
  }

  private Duration age() throws RequestException {
    Matcher given = Pattern.compile("(\\d{1,6})([smhdw])").matcher(age);
    if (!given.matches()) {
      throw new RequestException(
          "Cannot use --older-than %s: it is a number and s, m, h, d or w, such as 30d"
              .formatted(age));
    }
    long count = Long.parseLong(given.group(1));
    return switch (given.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      case "d" -> Duration.ofDays(count);
      default -> Duration.ofDays(7 * count);
    };
  }
}
