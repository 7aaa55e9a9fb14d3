package dev.almanac.benchmarks.step;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.config.DeviceChoice;
import dev.almanac.training.graph.Precision;
import dev.almanac.training.model.ModelSettings;
import dev.almanac.training.model.ModelShape;
import dev.almanac.training.torch.Compute;
import dev.almanac.training.torch.StepTiming;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.problem.Problems;
import java.util.ArrayList;
import java.util.List;

/**
 * Our training steps, for the script {@code step}: {@code DEVICE PRECISION THREADS SECONDS
 * BATCH...}; a JSON line a batch size, as {@code steps.py} prints them.
 */
public final class TimeSteps {
  private static final int[] CARDINALITIES = {50, 20, 12, 7, 30};
  private static final int[] WIDTHS = {60, 256, 128, 64, 1};

  private TimeSteps() {}

  public static void main(String[] arguments) {
    double seconds = Double.parseDouble(arguments[3]);
    Compute compute = Compute.start(DeviceChoice.of(arguments[0]), Integer.parseInt(arguments[2]));
    Precision precision = Precision.of(arguments[1]);
    List<DatasetColumns.Category> nominal = new ArrayList<>();
    for (int cardinality : CARDINALITIES) {
      nominal.add(new DatasetColumns.Category("c" + nominal.size(), cardinality));
    }
    ModelSettings settings =
        ModelSettings.read(JsonNodeFactory.instance.objectNode(), new Problems());
    StepTiming timing = new StepTiming(compute, settings, new ModelShape(20, nominal, 1));
    ObjectMapper json = new ObjectMapper();
    for (int i = 4; i < arguments.length; i++) {
      int batch = Integer.parseInt(arguments[i]);
      ObjectNode line = json.createObjectNode();
      line.put("batch", batch);
      line.put("products", timing.products(batch, WIDTHS, seconds / 2));
      line.put("steps", timing.steps(batch, precision, seconds));
      System.out.println(line);
    }
  }
}
