package dev.almanac.training.model;

import dev.almanac.training.graph.Graph;
import dev.almanac.training.graph.GraphBuilder;
import dev.almanac.training.graph.Value;
import dev.almanac.training.setting.Rule;
import dev.almanac.training.setting.Setting;
import dev.almanac.training.setting.Settings;
import java.util.List;

/**
 * The deep and cross network of Wang et al. 2021, "DCN V2" (arXiv 2008.13535): cross layers {@code
 * x0 * (W x + b) + x}, which multiply features with one another, and hidden layers.
 *
 * <p>Settings: {@code cross-layers}, {@code structure} ({@code parallel}: hidden layers beside the
 * cross layers; {@code stacked}: on top of them), {@code hidden}, {@code dropout}, {@code
 * activation}, {@code norm} of the hidden layers, and those of {@link Features}.
 */
final class DcnFamily implements ModelFamily {
  private static final String PARALLEL = "parallel";
  private static final String STACKED = "stacked";

  @Override
  public String name() {
    return "dcn-v2";
  }

  @Override
  public List<Setting> settings() {
    return Features.settings(
        Setting.whole("cross-layers", 3, 1, 32),
        Setting.word("structure", PARALLEL, List.of(PARALLEL, STACKED)),
        Setting.wholes("hidden", List.of(256, 128), 1, 16_384, 32),
        Setting.whole("embedding", 8, 1, 1024),
        Setting.number("dropout", 0, Rule.Decimal.SHARE),
        Setting.word("activation", "relu", GraphBuilder.activations()),
        Setting.word("norm", Layers.NO_NORM, Layers.NORMS));
  }

  @Override
  public Graph build(ModelShape shape, Settings settings) {
    GraphBuilder graph = Features.builder(shape);
    Value row = new Features(graph, shape, settings).row();
    Value x = row;
    for (int layer = 0; layer < settings.whole("cross-layers"); layer++) {
      Value crossed = graph.linear("cross." + layer, x, row.width(), Layers.plain(x));
      x = graph.add(graph.multiply(crossed, row), x);
    }
    boolean parallel = settings.text("structure").equals(PARALLEL);
    Value deep = Layers.hidden(graph, settings, parallel ? row : x);
    Value top = parallel ? graph.concat(List.of(x, deep)) : deep;
    return graph.build(Layers.output(graph, shape, top));
  }
}
