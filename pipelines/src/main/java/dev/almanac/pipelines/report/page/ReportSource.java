package dev.almanac.pipelines.report.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.almanac.pipelines.report.measure.KeptColumns;
import dev.almanac.pipelines.report.measure.PredictionFiles;
import dev.almanac.training.evaluate.Importance;
import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunDataset;
import dev.almanac.training.run.RunGroup;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.SystemRecord;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.json.JsonLines;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.problem.DamagedFileException;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a report is made from.
 *
 * @param group the run with its repeats that have finished
 * @param groupEpochs of each of the group's runs
 * @param importance null when it was not measured
 * @param data the manifest of the dataset that the run read
 * @param fit the transform
 * @param predictions of the test split, maybe none
 */
public record ReportSource(
    Run run,
    JsonLines<EpochRecord> epochLines,
    RunGroup group,
    List<List<EpochRecord>> groupEpochs,
    Importance importance,
    Found<DatasetManifest> data,
    Found<FittedTransform> fit,
    PredictionFiles predictions) {

  /**
   * What a report shows where it is there.
   *
   * @param value null when it is not
   * @param problem why it is not, else null
   */
  record Found<T>(T value, String problem) {
    static <T> Found<T> of(T value) {
      return new Found<>(value, null);
    }

    static <T> Found<T> none(IOException why) {
      return new Found<>(null, why.getMessage());
    }
  }

  /**
   * Reads a run's folder and the manifest of its dataset.
   *
   * @throws IOException when a file is not what was written; a dataset that is gone is none
   */
  public static ReportSource open(String folder, String datasets, Consumer<String> note)
      throws IOException {
    Run run = Run.open(folder);
    Found<DatasetManifest> dataset;
    try {
      dataset = Found.of(RunDataset.open(run, "show its rows", datasets, note).manifest());
    } catch (DamagedFileException damaged) {
      throw damaged;
    } catch (IOException e) {
      dataset = Found.none(e);
    }
    Found<FittedTransform> transform;
    try {
      transform = Found.of(run.transform());
    } catch (IOException e) {
      // One that has not finished may have come without.
      if (run.record().status() == RunStatus.FINISHED && e instanceof DamagedFileException) {
        throw e;
      }
      transform = Found.none(e);
    }
    RunGroup group = RunGroup.of(run);
    List<List<EpochRecord>> groupEpochs = new ArrayList<>();
    for (Run repeat : group.runs()) {
      groupEpochs.add(repeat.epochs());
    }
    return new ReportSource(
        run,
        run.epochLines(),
        group,
        groupEpochs,
        Importance.read(run).orElse(null),
        dataset,
        transform,
        PredictionFiles.of(run, Split.TEST));
  }

  public RunRecord record() {
    return run.record();
  }

  public List<EpochRecord> epochs() {
    return epochLines.values();
  }

  /** What the machine did meanwhile; nothing when that was not seen or cannot be read. */
  List<SystemRecord> system() {
    try {
      return run.system().values();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  /** Null when it is not there anymore. */
  public DatasetManifest dataset() {
    return data.value();
  }

  /** Null when it is not there. */
  public FittedTransform transform() {
    return fit.value();
  }

  /** Whether the dataset is there and has nothing to test on. */
  boolean hasNoTestRows() {
    return dataset() != null && dataset().rows(Split.TEST) == 0;
  }

  /** Whether the dataset is there and has nothing to validate on. */
  boolean hasNoValidationRows() {
    return dataset() != null && dataset().rows(Split.VALIDATION) == 0;
  }

  /** A part of the config that the run was given; a missing node when there is none. */
  JsonNode config(String... keys) {
    JsonNode node = record().config() == null ? MissingNode.getInstance() : record().config();
    for (String key : keys) {
      node = node.path(key);
    }
    return node;
  }

  /** The kept columns that errors can be told apart by. */
  public KeptColumns kept() {
    return KeptColumns.of(record().columns(), config("split", "column").asText(null));
  }
}
