package dev.almanac.training.model;

import dev.almanac.training.graph.Graph;
import dev.almanac.training.graph.GraphBuilder;
import dev.almanac.training.graph.Value;
import dev.almanac.training.setting.Setting;
import dev.almanac.training.setting.Settings;
import java.util.List;

/**
 * A weighted sum: a weight a numeric feature and a weight a category, for each output.
 *
 * <p>The same as a linear model over one-hot columns, which are never made: a category's weights
 * are looked up. All weights start at 0, so the seed changes nothing but the order of rows.
 */
final class LinearFamily implements ModelFamily {
  @Override
  public String name() {
    return "linear";
  }

  @Override
  public List<Setting> settings() {
    return List.of();
  }

  @Override
  public Graph build(ModelShape shape, Settings settings) {
    GraphBuilder graph = Features.builder(shape);
    Value sum = null;
    if (graph.hasCategories()) {
      sum = graph.sumTokens(graph.embedding("category", shape.outputs(), 0));
    }
    if (graph.hasNumeric()) {
      Value numbers = graph.linear("numeric", graph.numeric(), shape.outputs(), 0);
      sum = sum == null ? numbers : graph.add(numbers, sum);
    } else {
      sum = graph.bias("bias", sum);
    }
    return graph.build(sum);
  }
}
