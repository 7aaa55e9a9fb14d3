package dev.almanac.pipelines.work.train;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import dev.almanac.pipelines.work.runs.Runs;
import dev.almanac.training.export.ExportedModel;
import dev.almanac.training.export.OnnxExport;
import dev.almanac.training.run.Run;
import java.io.IOException;

/**
 * Writes a run's model, encoders inside, as one ONNX file.
 *
 * @param run as {@link Evaluate#run}
 * @param output the file; null for one in the run's folder
 */
public record ExportModel(AlmanacConfig config, String run, String output)
    implements Work<ExportModel.Exported> {
  /** A model and the run that it is of. */
  public record Exported(Run run, ExportedModel model) {}

  @Override
  public Exported run(Watch watch) throws IOException {
    Run found = new Runs(config, watch).find(run);
    return new Exported(
        found, OnnxExport.write(found, output == null ? found.path(OnnxExport.FILE) : output));
  }
}
