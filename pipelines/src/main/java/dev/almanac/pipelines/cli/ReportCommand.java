package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.yaml.Part;
import dev.almanac.pipelines.work.runs.Runs;
import dev.almanac.pipelines.work.train.TrainStage;
import dev.almanac.training.run.Run;
import java.util.Set;
import org.apache.beam.sdk.options.PipelineOptions;
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
  @Parameters(index = "1", arity = "0..1", paramLabel = "RUN", description = Runs.OPTION)
  private String run;

  ReportCommand(Session session) {
    super(session);
  }

  @Override
  Set<Part> needs() {
    return Set.of();
  }

  @Override
  Result work(AlmanacConfig config, PipelineOptions options) throws Exception {
    Run found = Runs.find(config, run, console());
    String page = stages().report(found.folder(), TrainStage.datasets(config), console());
    String note =
        found.record().metrics().containsKey("test")
            ? ""
            : "Note: the run was not evaluated, so that the page has no test; `almanac evaluate %s --run %s` does%n"
                .formatted(config.file(), found.record().runId());
    return Result.of("Report:  %s%n%s".formatted(page, note))
        .with("run-id", found.record().runId())
        .with("run", found.folder())
        .with("report", page);
  }
}
