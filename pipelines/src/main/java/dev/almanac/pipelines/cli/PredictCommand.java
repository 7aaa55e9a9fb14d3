package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.yaml.Part;
import dev.almanac.pipelines.work.predict.Predict;
import dev.almanac.transforms.drift.DriftReport;
import dev.almanac.transforms.problem.Count;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

@picocli.CommandLine.Command(
    name = "predict",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    header = "Predict raw CSV rows with a run's model.",
    description = {
      "%nApplies the run's own transform in a pipeline, so that raw rows become exactly the features that the model was "
          + "trained on, and writes predictions as parquet. The rows need no label. "
          + "A table says how far they are from what the run was trained on; the config's `predict:` says what comes of that.%n"
    })
final class PredictCommand extends Command {
  @Option(names = "--run", paramLabel = "ID", description = RunOption.TEXT)
  private String run;

  @Option(
      names = "--input",
      paramLabel = "GLOB",
      required = true,
      description = "CSV files written like the config's source. May be repeated.")
  private List<String> inputs;

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      required = true,
      description = "Where the predictions go.")
  private String output;

  PredictCommand(Session session) {
    super(session);
  }

  @Override
  Set<Part> needs() {
    return Predict.NEEDS;
  }

  @Override
  boolean runsPipelines() {
    return true;
  }

  @Override
  Result result(AlmanacConfig config) throws Exception {
    Predict.Predicted predicted = run(new Predict(config, run, inputs, output, engine()));
    DriftReport drift = predicted.drift();
    Result result =
        Result.of(
                "Predictions: %s%n%s, %s rejected%n%s%s"
                    .formatted(
                        predicted.output(),
                        Count.of(predicted.rows(), "row"),
                        predicted.rejected(),
                        Summaries.notices(predicted.notices()),
                        drift == null ? "" : "\n" + DriftTable.text(drift)))
            .with("predictions", predicted.output())
            .with("run-id", predicted.run().record().runId())
            .with("rows", predicted.rows())
            .with("rejected", predicted.rejected())
            .with("notices", predicted.notices());
    return drift == null ? result : result.with("drift", drift.withoutBins());
  }
}
