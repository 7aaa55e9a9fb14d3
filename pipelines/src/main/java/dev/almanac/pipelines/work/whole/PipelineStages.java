package dev.almanac.pipelines.work.whole;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.report.Report;
import dev.almanac.pipelines.work.Progress;
import dev.almanac.pipelines.work.Stages;
import dev.almanac.pipelines.work.predict.PredictPipeline;
import dev.almanac.pipelines.work.prepare.PreparePipeline;
import dev.almanac.pipelines.work.prepare.PreparedBefore;
import dev.almanac.pipelines.work.schema.SchemaPipeline;
import dev.almanac.pipelines.work.source.SourceFiles;
import dev.almanac.transforms.manifest.Dataset;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;

/** The stages as Beam pipelines; the command line finds it as a service. */
public final class PipelineStages implements Stages {
  @Override
  public void schema(
      AlmanacConfig config, String output, PipelineOptions options, Progress progress)
      throws Exception {
    SchemaPipeline.run(
        config.source(),
        SourceFiles.find(config.source().files(), config.source().duplicates(), "source.files")
            .files(),
        output,
        SchemaPipeline.roles(config),
        options,
        progress);
  }

  @Override
  public Dataset prepare(
      AlmanacConfig config, Dataset since, PipelineOptions options, Progress progress)
      throws Exception {
    return new PreparePipeline(config, since, options, progress).run();
  }

  @Override
  public Optional<Dataset> prepared(AlmanacConfig config, Progress progress) throws Exception {
    return PreparedBefore.find(config, progress);
  }

  @Override
  public Predicted predict(
      AlmanacConfig config,
      String run,
      List<String> inputs,
      String output,
      PipelineOptions options,
      Progress progress)
      throws Exception {
    return PredictPipeline.run(config, run, inputs, output, options, progress);
  }

  @Override
  public String report(String run, String datasets, Progress progress) throws Exception {
    return Report.write(run, datasets, progress::line);
  }
}
