package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.yaml.Part;
import dev.almanac.pipelines.work.whole.WriteReport;
import dev.almanac.training.run.Run;
import java.util.Set;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "report",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    header = "Write a run's page, of what is there.",
    description = {
      "%nNothing is prepared, trained or evaluated: report.html in the run's folder shows what the run's record, predictions and dataset hold, and says what is missing.%n"
    })
final class ReportCommand extends Command {
  @Parameters(index = "1", arity = "0..1", paramLabel = "RUN", description = RunOption.TEXT)
  private String run;

  ReportCommand(Session session) {
    super(session);
  }

  @Override
  Set<Part> needs() {
    return Set.of();
  }

  @Override
  Result result(AlmanacConfig config) throws Exception {
    WriteReport.Written written = run(new WriteReport(config, run));
    Run found = written.run();
    String note =
        found.record().metrics().containsKey("test")
            ? ""
            : "Note: the run was not evaluated, so that the page has no test; `almanac evaluate %s --run %s` does%n"
                .formatted(config.file(), found.record().runId());
    return Result.of("Report:  %s%n%s".formatted(written.page(), note))
        .with("run-id", found.record().runId())
        .with("run", found.folder())
        .with("report", written.page());
  }
}
