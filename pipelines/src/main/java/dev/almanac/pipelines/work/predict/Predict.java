package dev.almanac.pipelines.work.predict;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.yaml.Part;
import dev.almanac.pipelines.track.Trackers;
import dev.almanac.pipelines.track.lineage.PredictLineage;
import dev.almanac.pipelines.work.Engine;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import dev.almanac.pipelines.work.runs.Runs;
import dev.almanac.training.run.Run;
import dev.almanac.transforms.drift.DriftReport;
import dev.almanac.transforms.problem.Notice;
import dev.almanac.transforms.problem.RequestException;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Predicts raw rows with a run's model and its own transform.
 *
 * @param run its id, the beginning of one, or a run's folder; null for the one that stands for the
 *     config
 * @param inputs globs of files like the config's source
 * @param output where a folder of predictions is made
 */
public record Predict(
    AlmanacConfig config, String run, List<String> inputs, String output, Engine engine)
    implements Work<Predict.Predicted> {
  /** The sections without which nothing is predicted. */
  public static final Set<Part> NEEDS = Set.of(Part.SOURCE);

  public Predict {
    inputs = List.copyOf(inputs);
  }

  /**
   * What came of it.
   *
   * @param run whose model predicted
   * @param output the folder with the predictions
   * @param drift how far the rows are from train; null when nobody looked
   * @param notices what a person should know of the rows
   */
  public record Predicted(
      Run run, String output, long rows, long rejected, DriftReport drift, List<Notice> notices) {}

  @Override
  public Predicted run(Watch watch) throws IOException, RequestException {
    Run trained = new Runs(config, watch).find(run);
    return new Trackers(config, watch::line)
        .lineage()
        .tell(
            new PredictLineage(config.name(), trained, inputs),
            () -> new PredictPipeline(config, trained, engine.options(), watch).run(inputs, output),
            made -> new PredictLineage.Predictions(made.output(), made.rows()),
            watch::isCancelled);
  }
}
