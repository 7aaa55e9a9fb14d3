package dev.almanac.training.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.training.ArraySource;
import dev.almanac.training.Problem;
import dev.almanac.training.feed.BufferRows;
import dev.almanac.training.graph.Graph;
import dev.almanac.training.graph.TrainColumns;
import dev.almanac.training.model.ModelShape;
import dev.almanac.training.model.TrainedModel;
import dev.almanac.training.torch.ForwardPass;
import dev.almanac.transforms.manifest.DatasetColumns;
import java.util.List;
import org.junit.jupiter.api.Test;

class MembersTest {
  private static final int NUMERIC = 3;
  private static final int MEMBERS = 3;
  private static final int ROWS = 40;
  private static final List<DatasetColumns.Category> NOMINAL = List.of(Problem.category("id", 9));

  private static TrainedModel model(String section, ModelShape shape) {
    var settings = Problem.settings(section);
    float[] weights = settings.build(shape).initial(5, TrainColumns.NONE);
    for (int i = 0; i < weights.length; i++) {
      // Away from 0 and from one another.
      weights[i] += (float) Math.sin(i) / 5;
    }
    return new TrainedModel(settings, shape, weights);
  }

  private static int offset(Graph graph, String parameter) {
    for (int place = 0; place < graph.parameters().size(); place++) {
      if (graph.parameters().get(place).name().equals(parameter)) {
        return graph.offset(place);
      }
    }
    throw new AssertionError(parameter);
  }

  /** The member as a model of its own: its factors in the first layer, its outputs alone. */
  private static TrainedModel member(TrainedModel model, String section, int member) {
    TrainedModel alone = model(section, model.shape());
    Graph from = model.graph();
    Graph to = alone.graph();
    int inputs = 0;
    for (var parameter : to.parameters()) {
      int target = offset(to, parameter.name());
      int outputs = model.shape().outputs();
      if (parameter.name().equals("output.weight")) {
        int width = parameter.dimensions().get(1);
        int source = offset(from, parameter.name()) + member * width * outputs;
        for (int output = 0; output < outputs; output++) {
          for (int i = 0; i < width; i++) {
            alone.weights()[target + output * width + i] =
                model.weights()[source + i * outputs + output];
          }
        }
      } else {
        int skipped = parameter.name().equals("output.bias") ? member * outputs : 0;
        System.arraycopy(
            model.weights(),
            offset(from, parameter.name()) + skipped,
            alone.weights(),
            target,
            parameter.size());
      }
      if (parameter.name().equals("hidden.0.weight")) {
        inputs = parameter.dimensions().get(1);
        int factors = offset(from, "members") + member * inputs;
        for (int i = 0; i < parameter.size(); i++) {
          alone.weights()[target + i] *= model.weights()[factors + i % inputs];
        }
      }
    }
    assertTrue(inputs > 0);
    return alone;
  }

  private static float[] outputs(TrainedModel model) {
    ArraySource rows = Problem.features(ROWS, NUMERIC, NOMINAL, 8, ROWS);
    BufferRows all = rows.rows(0, ROWS);
    try (ForwardPass forward = new ForwardPass(model, Problem.COMPUTE)) {
      return forward.outputs(all.numeric(), all.categories(), ROWS);
    }
  }

  @Test
  void theOutputIsTheMeanOfTheMembersEachAModelOfItsOwn() {
    String alone = "{\"family\": \"mlp\", \"hidden\": [6, 5], \"embedding\": 2}";
    String together = alone.replace("}", ", \"members\": %s}".formatted(MEMBERS));
    for (int outputs : new int[] {1, 4}) {
      TrainedModel model = model(together, new ModelShape(NUMERIC, NOMINAL, outputs));
      float[] found = outputs(model);
      double[] mean = new double[found.length];
      boolean differ = false;
      float[] first = null;
      for (int member = 0; member < MEMBERS; member++) {
        float[] own = outputs(member(model, alone, member));
        first = first == null ? own : first;
        for (int i = 0; i < mean.length; i++) {
          mean[i] += own[i] / (double) MEMBERS;
          differ |= Math.abs(own[i] - first[i]) > 1e-3;
        }
      }
      for (int i = 0; i < mean.length; i++) {
        assertEquals(mean[i], found[i], 1e-5, "output " + i);
      }
      assertTrue(differ, "members are models of their own");
    }
  }
}
