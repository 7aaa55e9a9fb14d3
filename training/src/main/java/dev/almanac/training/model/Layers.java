package dev.almanac.training.model;

import dev.almanac.training.graph.GraphBuilder;
import dev.almanac.training.graph.Value;
import dev.almanac.training.setting.Setting;
import dev.almanac.training.setting.Settings;
import java.util.List;

/** Combinations of layers that several families have, with their first weights. */
final class Layers {
  static final String NO_NORM = "none";
  static final String BATCH_NORM = "batch";
  static final String LAYER_NORM = "layer";
  static final List<String> NORMS = List.of(NO_NORM, BATCH_NORM, LAYER_NORM);

  private Layers() {}

  /** The bound of uniform weights with variance 2 / inputs (He et al. 2015, arXiv 1502.01852). */
  static double he(Value inputs) {
    return Math.sqrt(6.0 / inputs.width());
  }

  /** The bound of PyTorch's linear layers: variance 1 / (3 inputs). */
  static double plain(Value inputs) {
    return Math.sqrt(1.0 / inputs.width());
  }

  static Value norm(GraphBuilder graph, String kind, String name, Value x) {
    return switch (kind) {
      case BATCH_NORM -> graph.batchNorm(name, x);
      case LAYER_NORM -> graph.layerNorm(name, x);
      default -> x;
    };
  }

  /** Hidden layers, each linear, normed, bent and thinned out. */
  static Value hidden(GraphBuilder graph, Settings settings, Value inputs) {
    Value units = inputs;
    int layer = 0;
    for (int width : settings.wholes("hidden")) {
      String name = "hidden." + layer++;
      units = graph.linear(name, units, width, he(units));
      units = norm(graph, settings.text("norm"), name + ".norm", units);
      units = graph.activation(settings.text("activation"), units);
      units = graph.dropout(units, settings.number("dropout"));
    }
    return units;
  }

  /** The outputs; of more than one token each token's own. */
  static Value output(GraphBuilder graph, ModelShape shape, Value units) {
    return units.tokens() == 1
        ? graph.linear("output", units, shape.outputs(), plain(units))
        : graph.ownLinear("output", units, shape.outputs(), plain(units));
  }

  /**
   * How many models in one there are, which share their layers but the first factors and the last.
   */
  static Setting members() {
    return Setting.whole("members", 1, 1, 256);
  }

  /** A row for each of the members of the settings; the row itself when there is one. */
  static Value spread(GraphBuilder graph, Settings settings, Value row) {
    int members = settings.whole("members");
    return members == 1 ? row : graph.spread("members", row, members);
  }
}
