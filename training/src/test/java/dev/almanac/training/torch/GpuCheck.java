package dev.almanac.training.torch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.training.ArraySource;
import dev.almanac.training.Problem;
import dev.almanac.training.config.DeviceChoice;
import dev.almanac.training.feed.BufferRows;
import dev.almanac.training.feed.TrainSample;
import dev.almanac.training.graph.Graph;
import dev.almanac.training.model.TrainedModel;
import dev.almanac.transforms.manifest.DatasetColumns;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Run by `training/gpu-check` alone: a device's outputs beside the processor's. */
class GpuCheck {
  private static final List<DatasetColumns.Category> NOMINAL =
      List.of(Problem.category("id", 34), Problem.category("kind", 5));
  private static final int ROWS = 5000;

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "resnet", "dcn-v2", "ft-transformer", "linear"})
  void outputsAreThoseOfTheProcessor(String family) throws IOException {
    DatasetColumns columns = Problem.columns(20, NOMINAL, Problem.number(0, 1));
    var settings = Problem.settings("{\"family\": \"%s\"}".formatted(family));
    var shape = Problem.shape(columns, 1);
    Graph graph = settings.build(shape);
    ArraySource rows = Problem.features(ROWS, 20, NOMINAL, 3, ROWS);
    float[] weights = graph.initial(1, TrainSample.of(rows, 20));
    for (int i = 0; i < weights.length; i++) {
      weights[i] += 0.01f;
    }
    TrainedModel model = new TrainedModel(settings, shape, weights);
    float[] here = outputs(model, Compute.start(DeviceChoice.CPU, 1), rows);
    float[] there = outputs(model, Problem.COMPUTE, rows);
    double greatest = 0;
    double largest = 0;
    for (int i = 0; i < here.length; i++) {
      greatest = Math.max(greatest, Math.abs(here[i] - there[i]));
      largest = Math.max(largest, Math.abs(here[i]));
    }
    System.out.printf(
        "%s on %s: greatest difference from the processor %.3g of outputs up to %.3g%n",
        family, Problem.COMPUTE.name(), greatest, largest);
    assertTrue(greatest <= 1e-3 * largest, family + ": " + greatest);
  }

  private static float[] outputs(TrainedModel model, Compute compute, ArraySource rows) {
    try (ForwardPass forward = new ForwardPass(model, compute)) {
      BufferRows all = rows.rows(0, ROWS);
      return forward.outputs(all.numeric(), all.categories(), ROWS);
    }
  }
}
