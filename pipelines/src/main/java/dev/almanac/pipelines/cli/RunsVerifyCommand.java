package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.yaml.Part;
import dev.almanac.pipelines.work.train.VerifyRun;
import dev.almanac.training.train.RunVerification.Check;
import java.util.Optional;
import java.util.Set;
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

  @Parameters(index = "1", arity = "0..1", paramLabel = "RUN", description = RunOption.TEXT)
  private String run;

  RunsVerifyCommand(Session session) {
    super(session);
  }

  @Override
  Set<Part> needs() {
    return VerifyRun.NEEDS;
  }

  @Override
  Result result(AlmanacConfig config) throws Exception {
    VerifyRun.Verified verified = run(new VerifyRun(file(), run));
    Table table = new Table("", "recorded", "here", "");
    for (Check check : verified.checks()) {
      table.row(
          check.name(),
          shortened(check.recorded()),
          check.isSame() ? "the same" : shortened(check.found()),
          check.isSame()
              ? ""
              : check.decides() ? "differs" : "differs, which weights do not depend on");
    }
    Optional<Check> first = verified.firstDifference();
    String verdict =
        first
            .map(
                check ->
                    "The first thing that differs is %s: %s, recorded %s"
                        .formatted(check.name(), check.found(), check.recorded()))
            .orElse("All that the run was made from is here as it was");
    Result result =
        Result.of("Run: %s%n%n%s%n%s%n".formatted(verified.run().folder(), table.text(), verdict))
            .with("run-id", verified.run().record().runId())
            .with("same", first.isEmpty())
            .with("checks", verified.checks())
            .withStatus(first.isEmpty() ? 0 : Failure.WORK);
    return first.map(check -> result.with("first-difference", check.name())).orElse(result);
  }

  private static String shortened(String value) {
    return value.length() <= SHOWN ? value : value.substring(0, SHOWN - 3) + "...";
  }
}
