package dev.almanac.pipelines.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.objective.Task;
import dev.almanac.transforms.encode.FitSteps;
import dev.almanac.transforms.feature.RowFeature;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.split.DateSplit;
import dev.almanac.transforms.storage.Storage;
import java.util.List;

/**
 * A whole config, checked, with every default filled in and every path absolute.
 *
 * <p>A section that is absent is null, but a command that named it as needed never sees that.
 *
 * @param file that it was read from
 * @param schema the schema file to enforce, which may not exist yet; null to infer and keep none
 * @param rowFeatures the row-wise steps, in the order in which they run; may be none
 * @param runs the folder of runs
 * @param repeats how many runs a training makes, each with the next seed; a search makes one a
 *     trial
 * @param canonical every key with its value or default, in a fixed order, paths as they were
 *     written: two configs that mean the same are the same text wherever they lie
 */
public record AlmanacConfig(
    String file,
    String name,
    SourceConfig source,
    String schema,
    ColumnsConfig columns,
    FeaturesConfig rowFeatures,
    DateSplit split,
    FitSteps fit,
    OutputConfig output,
    RejectsConfig rejects,
    PredictConfig predict,
    TrainConfig train,
    String runs,
    int repeats,
    SearchConfig search,
    ObjectNode canonical) {

  /** What the bytes of a dataset depend on, beside the source files and the code. */
  private static final List<String> DATASET_KEYS =
      List.of("source", "schema", "columns", "features", "split", "fit", "output");

  /** The row-wise steps in the order in which they run; may be empty. */
  public List<RowFeature> features() {
    return rowFeatures.steps();
  }

  /** What the label is: {@code train.task}, or a number when nothing is trained. */
  public Task task() {
    return train == null ? Task.REGRESSION : train.task();
  }

  /**
   * The folder of studies: beside that of runs, or in it when that is a whole bucket or the
   * config's folder.
   */
  public String studies() {
    boolean isWhole = runs.endsWith("/") || runs.matches("[A-Za-z][A-Za-z0-9+.-]+://[^/]*");
    return isWhole
        ? Storage.resolve(runs, "studies")
        : runs.substring(0, runs.lastIndexOf('/') + 1) + "studies";
  }

  /** Lower-case hexadecimal SHA-256 of the parts that a dataset's bytes depend on. */
  public String datasetHash() {
    ObjectNode parts = JsonNodeFactory.instance.objectNode();
    for (String key : DATASET_KEYS) {
      JsonNode part = canonical.get(key);
      if (part != null) {
        parts.set(key, part.deepCopy());
      }
    }
    if (parts.get("output") instanceof ObjectNode output) {
      output.remove(List.of("dataset", "keep-source"));
    }
    FeaturesConfig.keepSteps(parts);
    parts.put("label", task().text());
    return Json.sha256(parts);
  }

  /**
   * Lower-case hexadecimal SHA-256 of the parts that the rows read from a source file depend on,
   * and the statistics of those in train.
   */
  public String sourceHash() {
    ObjectNode parts = canonical.deepCopy();
    parts.retain(List.of("source", "columns", "features", "split", "fit"));
    if (parts.get("source") instanceof ObjectNode source) {
      source.remove("files");
    }
    FeaturesConfig.keepSteps(parts);
    parts.put("label", task().text());
    return Json.sha256(parts);
  }

  /** Lower-case hexadecimal SHA-256 of all that a trial depends on, the search itself apart. */
  public String trialHash() {
    ObjectNode parts = canonical.deepCopy();
    parts.remove(List.of("search", "name", "predict"));
    FeaturesConfig.keepSteps(parts);
    if (parts.get("output") instanceof ObjectNode output) {
      output.remove(List.of("dataset", "keep-source"));
    }
    if (parts.get("train") instanceof ObjectNode train) {
      train.remove(List.of("runs", "repeats", "threads"));
    }
    return Json.sha256(parts);
  }
}
