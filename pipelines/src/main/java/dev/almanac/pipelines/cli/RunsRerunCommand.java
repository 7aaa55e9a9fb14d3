package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.yaml.Part;
import dev.almanac.pipelines.work.train.Rerun;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "rerun",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    header = "Train a run once more from its record, and compare the weights.",
    description = {
      "%nTakes dataset, settings, seed, device and threads from the record, not from the config. The new run stands beside the old one. "
          + "Exits with 1 when the weights differ; `runs verify` then says what is not as it was.%n"
    })
final class RunsRerunCommand extends Command {
  @Parameters(index = "1", arity = "0..1", paramLabel = "RUN", description = RunOption.TEXT)
  private String run;

  RunsRerunCommand(Session session) {
    super(session);
  }

  @Override
  Set<Part> needs() {
    return Set.of();
  }

  @Override
  Result result(AlmanacConfig config) throws Exception {
    Rerun.Compared compared = run(new Rerun(config, run));
    String verdict =
        compared.isEqual()
            ? "equal, to the bit"
            : String.format(
                Locale.ROOT,
                "%,d differ, by up to %.3g",
                compared.different(),
                compared.greatest());
    Result summary = Summaries.run(compared.again());
    return new Result(
            summary.json(),
            String.format(
                Locale.ROOT,
                "%s%nWeights of %s and %s: %,d, %s%n",
                summary.text(),
                compared.before().record().runId(),
                compared.again().record().runId(),
                compared.weights(),
                verdict))
        .with("differences", compared.differences())
        .with("rerun-of", compared.before().record().runId())
        .with("equal", compared.isEqual())
        .with("different-weights", compared.different())
        .with("greatest-difference", compared.greatest())
        .withStatus(compared.isEqual() ? 0 : Failure.WORK);
  }
}
