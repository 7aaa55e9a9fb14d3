package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.work.runs.CompareRuns;
import dev.almanac.pipelines.work.runs.CompareRuns.Compared;
import dev.almanac.pipelines.work.runs.RunFolder;
import dev.almanac.pipelines.work.whole.WriteComparison;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "compare",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    header = "Put runs side by side: what differs, how good they are, how they learned.",
    description = "%n" + FolderCommand.CONFIG_TEXT + "%n")
final class RunsCompareCommand extends FolderCommand {
  @Parameters(
      arity = "0..*",
      paramLabel = "[CONFIG] RUN RUN...",
      description = WhereOption.RUN_TEXT)
  private List<String> given = new ArrayList<>();

  @Mixin private WhereOption where;

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      description = "The validation metric whose curves are drawn, or loss (default: the first).")
  private String metric;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Writes a page that opens offline, with the curves over each other.")
  private String html;

  RunsCompareCommand(Session session) {
    super(session);
  }

  @Override
  List<String> given() {
    return given;
  }

  @Override
  Result result(RunFolder folder, List<String> words) throws Exception {
    Compared compared = run(new CompareRuns(folder, where.either(words, "compare"), metric));
    String text = new ComparisonText(compared).text();
    Result result =
        Result.of(text)
            .with("folder", compared.folder())
            .with("runs", compared.runs())
            .with("differences", lines(compared.differences()))
            .with("metrics", lines(compared.metrics()))
            .with("curve-of", compared.curveOf())
            .with("curves", compared.curves());
    if (html == null) {
      return result;
    }
    String page = run(new WriteComparison(compared, html));
    return new Result(result.json(), "%s%nPage: %s%n".formatted(text, page)).with("page", page);
  }

  /** Numbers and texts as they are, null where a run has none. */
  private static List<Map<String, Object>> lines(List<CompareRuns.Line> lines) {
    List<Map<String, Object>> objects = new ArrayList<>();
    for (CompareRuns.Line line : lines) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("part", line.part());
      object.put("key", line.key());
      List<Object> values = new ArrayList<>();
      line.values()
          .forEach(
              value ->
                  values.add(
                      value == null
                          ? null
                          : value.number() == null ? value.text() : value.number()));
      object.put("values", values);
      objects.add(object);
    }
    return objects;
  }
}
