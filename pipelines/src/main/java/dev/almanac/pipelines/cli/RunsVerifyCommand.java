package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.yaml.ConfigException;
import dev.almanac.pipelines.config.yaml.Part;
import dev.almanac.pipelines.work.runs.Runs;
import dev.almanac.pipelines.work.train.TrainStage;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunContext.DatasetCheck;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.train.RunVerification;
import dev.almanac.training.train.RunVerification.Check;
import dev.almanac.transforms.problem.ForeseenException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.options.PipelineOptions;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "verify",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    header = "Compare what a run was made from with what is here now.",
    description = {
      "%nReads the dataset's files and the run's model again and compares their hashes, then the config's training section, the seed, the code, "
          + "the versions and the device; for the run of a search, the config with the values of its trial. Names the first thing that differs, and exits with 1 when there is one.%n"
    })
final class RunsVerifyCommand extends Command {
  /** Characters of a value that are shown. */
  private static final int SHOWN = 60;

  @Parameters(index = "1", arity = "0..1", paramLabel = "RUN", description = Runs.OPTION)
  private String run;

  RunsVerifyCommand(Session session) {
    super(session);
  }

  @Override
  Set<Part> needs() {
    return EnumSet.of(Part.TRAIN);
  }

  @Override
  Result work(AlmanacConfig config, PipelineOptions options) throws Exception {
    Run found = Runs.find(config, run, console());
    AlmanacConfig asked = found.record().trial() == null ? config : trial(found.record());
    List<Check> checks =
        RunVerification.of(
            found, asked.train(), TrainStage.context(asked, DatasetCheck.HASHES, console()));
    Table table = new Table("", "recorded", "here", "");
    for (Check check : checks) {
      table.row(
          check.name(),
          shortened(check.recorded()),
          check.isSame() ? "the same" : shortened(check.found()),
          check.isSame() ? "" : "differs");
    }
    Optional<Check> first = checks.stream().filter(check -> !check.isSame()).findFirst();
    String verdict =
        first
            .map(
                check ->
                    "The first thing that differs is %s: %s, recorded %s"
                        .formatted(check.name(), check.found(), check.recorded()))
            .orElse("All that the run was made from is here as it was");
    Result result =
        Result.of("Run: %s%n%n%s%n%s%n".formatted(found.folder(), table.text(), verdict))
            .with("run-id", found.record().runId())
            .with("same", first.isEmpty())
            .with("checks", checks)
            .withStatus(first.isEmpty() ? 0 : Failure.WORK);
    return first.map(check -> result.with("first-difference", check.name())).orElse(result);
  }

  /** The config as the search that made the run changed it for this trial. */
  private AlmanacConfig trial(RunRecord record) throws IOException {
    List<String> overrides = new ArrayList<>(SearchStage.overrides(record.trial().assignment()));
    overrides.add("train.threads=" + record.train().machine().threads());
    overrides.add("train.repeats=1");
    try {
      return configWith(overrides);
    } catch (ConfigException e) {
      throw new ForeseenException(
          "Cannot verify run %s: the config does not take the values of trial %s of study %s any more: %s"
              .formatted(
                  record.runId(), record.trial().number(), record.trial().study(), e.getMessage()));
    }
  }

  private static String shortened(String value) {
    return value.length() <= SHOWN ? value : value.substring(0, SHOWN - 3) + "...";
  }
}
