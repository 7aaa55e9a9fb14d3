package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.yaml.Part;
import dev.almanac.pipelines.work.runs.RunChoices;
import dev.almanac.pipelines.work.runs.Runs;
import dev.almanac.training.run.Run;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "promote",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    header = "Pin the run that predict, export, evaluate and report take.",
    description = {
      "%nThe run stands for the config's name from then on, whatever is trained or searched later, until another is promoted or --unpin takes it back.%n"
    })
final class RunsPromoteCommand extends Command {
  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "RUN",
      description = "The run: its id, the beginning of one, or a run's folder.")
  private String run;

  @Option(
      names = {"--unpin", "--demote"},
      description = "Takes the pin back: the run that was trained or searched last stands again.")
  private boolean unpin;

  RunsPromoteCommand(Session session) {
    super(session);
  }

  @Override
  Set<Part> needs() {
    return Set.of();
  }

  @Override
  void check(List<String> problems) {
    if (unpin == (run != null)) {
      problems.add("Cannot promote: name a run, or give --unpin alone");
    }
  }

  @Override
  Result result(AlmanacConfig config) throws Exception {
    RunChoices choices = RunChoices.of(config);
    if (unpin) {
      boolean was = choices.unpin();
      return Result.of(
              was
                  ? "No run is pinned for '%s' any more%n".formatted(config.name())
                  : "No run was pinned for '%s'%n".formatted(config.name()))
          .with("config", config.name())
          .with("unpinned", was);
    }
    Run found = new Runs(config, watch()).named(run);
    found.ensemble();
    choices.pin(found);
    String other =
        found.record().config() == null ? "" : found.record().config().path("name").asText();
    String note =
        other.isEmpty() || other.equals(config.name())
            ? ""
            : "Note: it was trained by the config '%s'%n".formatted(other);
    return Result.of(
            "Run %s is pinned for '%s'%n%s".formatted(found.record().runId(), config.name(), note))
        .with("config", config.name())
        .with("run-id", found.record().runId())
        .with("run", found.folder());
  }
}
