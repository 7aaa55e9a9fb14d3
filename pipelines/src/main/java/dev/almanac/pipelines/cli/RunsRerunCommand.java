package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.yaml.Part;
import dev.almanac.pipelines.work.runs.Runs;
import dev.almanac.pipelines.work.train.TrainStage;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunContext.DatasetCheck;
import dev.almanac.training.train.Training;
import java.util.Locale;
import java.util.Set;
import org.apache.beam.sdk.options.PipelineOptions;
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
  @Parameters(index = "1", arity = "0..1", paramLabel = "RUN", description = Runs.OPTION)
  private String run;

  RunsRerunCommand(Session session) {
    super(session);
  }

  @Override
  Set<Part> needs() {
    return Set.of();
  }

  @Override
  Result work(AlmanacConfig config, PipelineOptions options) throws Exception {
    Run old = Runs.find(config, run, console());
    float[] before = old.model().weights();
    Run again = Training.rerun(old, TrainStage.context(config, DatasetCheck.HASHES, console()));
    float[] after = again.model().weights();
    int different = 0;
    double greatest = 0;
    for (int i = 0; i < before.length; i++) {
      if (Float.floatToRawIntBits(before[i]) != Float.floatToRawIntBits(after[i])) {
        different++;
        greatest = Math.max(greatest, Math.abs((double) before[i] - after[i]));
      }
    }
    String verdict =
        different == 0
            ? "equal, to the bit"
            : String.format(Locale.ROOT, "%,d differ, by up to %.3g", different, greatest);
    Result summary = Summaries.run(again);
    return new Result(
            summary.json(),
            String.format(
                Locale.ROOT,
                "%s%nWeights of %s and %s: %,d, %s%n",
                summary.text(),
                old.record().runId(),
                again.record().runId(),
                before.length,
                verdict))
        .with("rerun-of", old.record().runId())
        .with("equal", different == 0)
        .with("different-weights", different)
        .with("greatest-difference", greatest)
        .withStatus(different == 0 ? 0 : Failure.WORK);
  }
}
