package dev.almanac.training.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.graph.Graph;
import dev.almanac.training.graph.Parameter;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.problem.Problems;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A model that predicts, as plain values: what it is and its weights.
 *
 * <p>On disk two files: {@value #WEIGHTS} ({@link Safetensors}) and {@value #FILE}, written last.
 * Loading gives the same weights to the bit; equal models give equal files.
 *
 * @param weights in the order of the parameters of {@link #graph}; never written after construction
 */
public record TrainedModel(ModelSettings settings, ModelShape shape, float[] weights) {
  public static final String FILE = "model.json";
  public static final String WEIGHTS = "weights.safetensors";

  private static final int FORMAT_VERSION = 1;

  /** {@code model.json}. */
  private record Description(
      int formatVersion,
      String family,
      ObjectNode settings,
      ModelShape shape,
      int parameters,
      String weights,
      String weightsSha256) {}

  /** The model without its weights. */
  public Graph graph() {
    return settings.build(shape);
  }

  /** Writes both files into a folder. */
  public void save(String folder) throws IOException {
    byte[] bytes = Safetensors.write(tensors());
    Storage.write(Storage.resolve(folder, WEIGHTS), out -> out.write(bytes));
    Storage.writeText(
        Storage.resolve(folder, FILE),
        Json.pretty(
            new Description(
                FORMAT_VERSION,
                settings.family(),
                settings.chosen(),
                shape,
                weights.length,
                WEIGHTS,
                Json.sha256(bytes))));
  }

  private List<Tensor> tensors() {
    Graph graph = graph();
    List<Tensor> tensors = new ArrayList<>();
    for (Parameter parameter : graph.parameters()) {
      float[] values = new float[parameter.size()];
      System.arraycopy(weights, graph.offset(tensors.size()), values, 0, values.length);
      tensors.add(new Tensor(parameter.name(), dimensions(parameter), values));
    }
    return tensors;
  }

  private static List<Long> dimensions(Parameter parameter) {
    return parameter.dimensions().stream().map(Integer::longValue).toList();
  }

  /**
   * Loads what {@link #save} wrote.
   *
   * @throws IOException when a file is missing, is another version's, was changed or does not fit
   */
  public static TrainedModel open(String folder) throws IOException {
    String file = Storage.resolve(folder, FILE);
    if (!Storage.exists(file)) {
      throw new ForeseenException(
          "Cannot open model %s: it has no %s; the run that should have written it did not finish"
              .formatted(folder, FILE));
    }
    Description description = Json.read(Storage.readText(file), Description.class, file);
    if (description.formatVersion != FORMAT_VERSION) {
      throw new ForeseenException(
          "Cannot open model %s: this Almanac reads format-version %s (%s found)"
              .formatted(folder, FORMAT_VERSION, description.formatVersion));
    }
    String path = Storage.resolve(folder, description.weights);
    byte[] bytes = Storage.read(path);
    if (!Json.sha256(bytes).equals(description.weightsSha256)) {
      throw new ForeseenException(
          "Cannot open model %s: %s was changed after it was written (its sha-256 does not fit)"
              .formatted(folder, description.weights));
    }
    Problems problems = new Problems();
    ObjectNode section =
        description.settings.deepCopy().put(ModelFamilies.ALL.key(), description.family);
    ModelSettings settings = ModelSettings.read(section, problems);
    if (!problems.isEmpty()) {
      throw new ForeseenException("Cannot open model %s: %s".formatted(folder, problems.texts()));
    }
    TrainedModel empty = new TrainedModel(settings, description.shape, new float[0]);
    return empty.filled(Safetensors.read(bytes, path), path);
  }

  private TrainedModel filled(List<Tensor> tensors, String place) throws IOException {
    Map<String, Tensor> named =
        tensors.stream().collect(Collectors.toMap(Tensor::name, Function.identity()));
    Graph graph = graph();
    float[] values = new float[graph.length()];
    int position = 0;
    for (Parameter parameter : graph.parameters()) {
      Tensor tensor = named.remove(parameter.name());
      if (tensor == null || !tensor.shape().equals(dimensions(parameter))) {
        throw new ForeseenException(
            "Cannot read weights %s: model '%s' has a tensor '%s' of shape %s (%s)"
                .formatted(
                    place,
                    settings.family(),
                    parameter.name(),
                    dimensions(parameter),
                    tensor == null ? "absent" : tensor.shape()));
      }
      System.arraycopy(
          tensor.values(), 0, values, graph.offset(position++), tensor.values().length);
    }
    if (!named.isEmpty()) {
      throw new ForeseenException(
          "Cannot read weights %s: model '%s' has no tensors %s"
              .formatted(place, settings.family(), named.keySet()));
    }
    return new TrainedModel(settings, shape, values);
  }
}
