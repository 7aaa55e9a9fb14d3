package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.yaml.Part;
import dev.almanac.pipelines.work.runs.Runs;
import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.Run;
import dev.almanac.transforms.json.JsonLines;
import java.util.Set;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "show",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    header = "Show a run: what went in, how every epoch went, how good it is.")
final class RunsShowCommand extends Command {
  @Parameters(index = "1", arity = "0..1", paramLabel = "RUN", description = RunOption.TEXT)
  private String run;

  RunsShowCommand(Session session) {
    super(session);
  }

  @Override
  Set<Part> needs() {
    return Set.of();
  }

  @Override
  Result result(AlmanacConfig config) throws Exception {
    Run found = new Runs(config, watch()).find(run);
    Table epochs = new Table("epoch", "train loss", "validation loss", "seconds", "rows/s", "");
    JsonLines<EpochRecord> lines = found.epochLines();
    lines.damage().forEach(watch()::line);
    for (EpochRecord epoch : lines.values()) {
      epochs.row(
          epoch.epoch(),
          epoch.trainLoss(),
          epoch.validationLoss(),
          epoch.speed().seconds(),
          epoch.speed().rowsPerSecond(),
          epoch.best() ? "best" : "");
    }
    Result summary = Summaries.run(found);
    return new Result(summary.json(), summary.text() + "\n" + epochs.text())
        .with("record", found.record())
        .with("damage", lines.damage());
  }
}
