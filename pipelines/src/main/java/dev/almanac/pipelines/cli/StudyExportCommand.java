package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.work.study.ExportStudy;
import dev.almanac.pipelines.work.study.StudyFolders;
import dev.almanac.transforms.problem.Count;
import dev.almanac.transforms.problem.RequestException;
import dev.almanac.transforms.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "export",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    header = "Write a study's trials as a table for other programs: CSV or JSON lines.",
    description = "%n" + StudiesCommand.WORDS + "%n")
final class StudyExportCommand extends StudiesCommand {
  @Parameters(arity = "0..2", paramLabel = "[CONFIG] [STUDY]", description = "See above.")
  private List<String> given = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "The file, which is replaced; local, s3://, gs:// or hdfs:// (default: standard output).")
  private String output;

  @Option(
      names = "--format",
      paramLabel = "csv|jsonl",
      description = "The format (default: as the file's name ends, or else csv).")
  private String format;

  StudyExportCommand(Session session) {
    super(session);
  }

  @Override
  List<String> given() {
    return given;
  }

  @Override
  Result result(StudyFolders folders, String study) throws Exception {
    String usual = output != null && output.endsWith(".jsonl") ? "jsonl" : "csv";
    String chosen = format == null ? usual : format;
    if (!List.of("csv", "jsonl").contains(chosen)) {
      throw new RequestException(
          "Cannot use --format %s: formats are csv and jsonl".formatted(chosen));
    }
    ExportStudy.Exported exported =
        run(
            new ExportStudy(
                folders,
                study,
                chosen.equals("csv") ? ExportStudy.Format.CSV : ExportStudy.Format.JSONL));
    exported.damage().forEach(watch()::line);
    if (output != null) {
      Storage.writeText(output, exported.text());
    }
    Result result =
        Result.of(
                output == null
                    ? exported.text()
                    : "Wrote %s of %s to %s%n"
                        .formatted(
                            Count.of(exported.trials(), "trial"),
                            exported.study().folder(),
                            output))
            .with("study", exported.study().folder())
            .with("trials", exported.trials());
    return output == null ? result.with("lines", exported.text()) : result.with("output", output);
  }
}
