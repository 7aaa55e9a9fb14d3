package dev.almanac.pipelines.work;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.transforms.drift.DriftReport;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.problem.Notice;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;

/** The work that the command line hands to pipelines; found as a service on the class path. */
public interface Stages {
  /**
   * Infers the source's schema and writes it.
   *
   * @param output the file to write; replaced when it exists
   */
  void schema(AlmanacConfig config, String output, PipelineOptions options, Progress progress)
      throws Exception;

  /**
   * Makes a dataset of the config's source; its manifest's config-hash is the config's.
   *
   * @param since an earlier dataset of the same source, of which files that did not change are
   *     copied; null to read every file
   */
  Dataset prepare(AlmanacConfig config, Dataset since, PipelineOptions options, Progress progress)
      throws Exception;

  /**
   * The dataset that {@link #prepare} would make, when there is one: of this config, schema and
   * version of Almanac, and of the very bytes that the source's files hold now.
   */
  Optional<Dataset> prepared(AlmanacConfig config, Progress progress) throws Exception;

  /**
   * Predicts raw rows with a run's model and its own transform.
   *
   * @param run the run's folder
   * @param inputs globs of files like the config's source
   * @param output the folder for predictions
   */
  Predicted predict(
      AlmanacConfig config,
      String run,
      List<String> inputs,
      String output,
      PipelineOptions options,
      Progress progress)
      throws Exception;

  /**
   * Writes the report of a run.
   *
   * @param datasets where to look for the run's dataset when it was moved; null for nowhere
   * @return the path of the page
   */
  String report(String run, String datasets, Progress progress) throws Exception;

  /**
   * What came of a predict.
   *
   * @param output the folder with the predictions
   * @param drift how far the rows are from train; null when nobody looked
   * @param notices what a person should know of the rows
   */
  record Predicted(
      String output, long rows, long rejected, DriftReport drift, List<Notice> notices) {
    /** With nothing to tell, and without a look at drift. */
    public Predicted(String output, long rows, long rejected) {
      this(output, rows, rejected, null, List.of());
    }
  }
}
