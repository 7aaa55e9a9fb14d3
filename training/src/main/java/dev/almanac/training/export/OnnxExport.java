package dev.almanac.training.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.almanac.training.model.Ensemble;
import dev.almanac.training.model.TrainedModel;
import dev.almanac.training.onnx.OnnxGraph;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunRecord;
import dev.almanac.transforms.feature.RowFeature;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.problem.RefusedException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A run's model with its encoders as one ONNX file (onnx.ai), which programs without a JVM score
 * raw cells with.
 *
 * <p>Inputs are the columns that the encoders read, {@code [rows, 1]} each: numbers as doubles,
 * where NaN is missing; categories as text, where the empty text is. Row-wise features, such as
 * date parts, are not inside: their columns are inputs too, {@link ExportedModel.Input#computed},
 * and the caller computes them. Outputs are those of {@link Predictions}. The file's metadata says
 * all of this: {@code almanac.inputs}, {@code almanac.features} (the row-wise steps as a config has
 * them), {@code almanac.classes}, {@code almanac.run-id} and more. Equal runs give equal bytes.
 */
public final class OnnxExport {
  /** The name of the file in a run's folder, unless another is asked for. */
  public static final String FILE = "model.onnx";

  /** What a protobuf message holds, less room for what is not a weight. */
  private static final long MOST_BYTES = 1_900_000_000L;

  private static final String PREFIX = "almanac.";

  private OnnxExport() {}

  /**
   * Writes a run's model.
   *
   * @param path of the file, in any storage
   * @throws IOException when the run has no model, or the file cannot be written
   * @throws IllegalArgumentException when ONNX cannot say it, naming what
   */
  public static ExportedModel write(Run run, String path) throws IOException {
    Ensemble model = run.ensemble();
    FittedTransform transform = run.transform().withoutLabel();
    if (model.parameters() * Float.BYTES > MOST_BYTES) {
      throw new RefusedException(
          "Cannot export to ONNX: a file holds less than 2 GB (%s weights of 4 bytes)"
              .formatted(model.parameters()));
    }
    RunRecord record = run.record();
    DatasetColumns.Label label = record.columns().label();
    List<TrainedModel> members = model.members();
    OnnxGraph onnx =
        new OnnxGraph(members.size() == 1 ? members.get(0).settings().family() : "ensemble");
    EncodedInputs encoded = new EncodedInputs(transform, onnx);
    String numbers = encoded.numbers();
    String categories = encoded.categories();
    List<String> outputs =
        members.stream()
            .map(member -> member.graph().write(onnx, member.weights(), numbers, categories))
            .toList();
    ExportedModel exported =
        new ExportedModel(
            path,
            OnnxGraph.OPSET,
            encoded.inputs(),
            new Predictions(onnx, encoded.unfilled())
                .write(record.train().task(), run.objective().loss(), outputs, label.classes()));
    String version = record.versions().almanac();
    byte[] file =
        onnx.file("almanac", version == null ? "" : version, metadata(record, transform, exported));
    Storage.write(path, out -> out.write(file));
    return exported;
  }

  private static Map<String, String> metadata(
      RunRecord record, FittedTransform transform, ExportedModel exported) {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put(PREFIX + "run-id", record.runId());
    metadata.put(PREFIX + "task", record.train().task().text());
    metadata.put(PREFIX + "label", record.columns().label().column());
    metadata.put(PREFIX + "transform-hash", transform.hash());
    metadata.put(PREFIX + "inputs", Json.line(exported.inputs()));
    metadata.put(PREFIX + "outputs", Json.line(exported.outputs()));
    metadata.put(PREFIX + "features", Json.line(steps(transform.features().features())));
    if (record.columns().label().isClasses()) {
      metadata.put(PREFIX + "classes", Json.line(record.columns().label().classes()));
    }
    return metadata;
  }

  private static JsonNode steps(List<RowFeature> features) {
    ArrayNode steps = Json.mapper().createArrayNode();
    features.forEach(feature -> steps.add(feature.json()));
    return steps;
  }
}
