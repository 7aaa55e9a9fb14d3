package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.work.runs.ExportRuns;
import dev.almanac.pipelines.work.runs.ExportRuns.Exported;
import dev.almanac.pipelines.work.runs.RunFolder;
import dev.almanac.pipelines.work.runs.Selection;
import dev.almanac.transforms.problem.Count;
import dev.almanac.transforms.problem.RequestException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "export",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    header = "Write runs as a table for other programs: CSV or JSON lines.",
    description =
        "%n"
            + FolderCommand.CONFIG_TEXT
            + " A line is a run with all of its facts, with --epochs an epoch.%n")
final class RunsExportCommand extends FolderCommand {
  @Parameters(
      arity = "0..*",
      paramLabel = "[CONFIG] [RUN...]",
      description = WhereOption.RUN_TEXT + " Without any and without --where all.")
  private List<String> given = new ArrayList<>();

  @Mixin private WhereOption where;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "The file; local, s3://, gs:// or hdfs://. What is there is replaced.")
  private String output;

  @Option(
      names = "--format",
      paramLabel = "csv|jsonl",
      description = "The format (default: as the file's name ends, or else csv).")
  private String format;

  @Option(names = "--epochs", description = "A line is an epoch.")
  private boolean epochs;

  @Option(
      names = "--columns",
      paramLabel = "KEY,KEY",
      split = ",",
      description = "Writes these facts alone.")
  private List<String> columns = new ArrayList<>();

  @Option(
      names = "--sort",
      paramLabel = "KEY,-KEY",
      description = "By what they are sorted (default: -created).")
  private String sort;

  RunsExportCommand(Session session) {
    super(session);
  }

  @Override
  List<String> given() {
    return given;
  }

  @Override
  Result result(RunFolder folder, List<String> words) throws Exception {
    String ending = output.endsWith(".jsonl") ? "jsonl" : "csv";
    String chosen = format == null ? ending : format;
    List<String> problems = new ArrayList<>();
    if (!List.of("csv", "jsonl").contains(chosen)) {
      problems.add("Cannot use --format %s: formats are csv and jsonl".formatted(chosen));
    }
    if (epochs && !columns.isEmpty()) {
      problems.add("Cannot choose columns of epochs: give --epochs or --columns, not both");
    }
    if (!problems.isEmpty()) {
      throw new RequestException(problems);
    }
    Exported exported =
        run(
            new ExportRuns(
                folder,
                new Selection(words, where.text(), null),
                sort,
                columns,
                epochs,
                chosen.equals("csv") ? ExportRuns.Format.CSV : ExportRuns.Format.JSONL,
                output));
    return Result.of(
            "Wrote %s of %s to %s%n"
                .formatted(
                    Count.of(exported.lines(), "line"),
                    Count.of(exported.runs(), "run"),
                    exported.output()))
        .with("output", exported.output())
        .with("runs", exported.runs())
        .with("lines", exported.lines())
        .with("columns", exported.columns());
  }
}
