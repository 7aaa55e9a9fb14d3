package dev.almanac.training.model;

import dev.almanac.training.graph.Graph;
import dev.almanac.training.graph.GraphBuilder;
import dev.almanac.training.graph.Value;
import dev.almanac.training.setting.Rule;
import dev.almanac.training.setting.Setting;
import dev.almanac.training.setting.Settings;
import java.util.List;

/**
 * A transformer whose tokens are a row's features, and a token of its own that is read at the end:
 * FT-Transformer of Gorishniy et al. 2021, "Revisiting Deep Learning Models for Tabular Data"
 * (arXiv 2106.11959), with norms before attention and before the hidden units (not before the first
 * attention), and ReGLU units.
 *
 * <p>Settings: {@code blocks}, {@code heads} and {@code head-width} (a token is as wide as all
 * heads), {@code hidden} (units of a block a token), {@code dropout} of them, {@code
 * residual-dropout} of what a block adds, and those of {@link Features} but {@code embedding}.
 */
final class FtTransformerFamily implements ModelFamily {
  @Override
  public String name() {
    return "ft-transformer";
  }

  @Override
  public List<Setting> settings() {
    return Features.settings(
        Setting.whole("blocks", 2, 1, 32),
        Setting.whole("heads", 4, 1, 64),
        Setting.whole("head-width", 8, 1, 256),
        Setting.whole("hidden", 48, 1, 16_384),
        Setting.number("dropout", 0, Rule.Decimal.SHARE),
        Setting.number("residual-dropout", 0, Rule.Decimal.SHARE));
  }

  @Override
  public Graph build(ModelShape shape, Settings settings) {
    GraphBuilder graph = Features.builder(shape);
    int width = settings.whole("heads") * settings.whole("head-width");
    List<Value> features = new Features(graph, shape, settings).tokens(width);
    Value x = graph.classToken("class", features, Math.sqrt(1.0 / width));
    for (int block = 0; block < settings.whole("blocks"); block++) {
      String name = "block." + block;
      Value y = block == 0 ? x : graph.layerNorm(name + ".attention.norm", x);
      x = graph.add(thinned(graph, settings, attention(graph, settings, name, y)), x);
      y = graph.layerNorm(name + ".units.norm", x);
      x = graph.add(thinned(graph, settings, units(graph, settings, name, y)), x);
    }
    Value read = graph.layerNorm("output.norm", graph.firstToken(x));
    return graph.build(Layers.output(graph, shape, graph.activation("relu", read)));
  }

  private static Value thinned(GraphBuilder graph, Settings settings, Value added) {
    return graph.dropout(added, settings.number("residual-dropout"));
  }

  private static Value attention(GraphBuilder graph, Settings settings, String name, Value x) {
    Value queries = graph.linear(name + ".query", x, x.width(), Layers.plain(x));
    Value keys = graph.linear(name + ".key", x, x.width(), Layers.plain(x));
    Value values = graph.linear(name + ".value", x, x.width(), Layers.plain(x));
    Value mixed = graph.attention(queries, keys, values, settings.whole("heads"));
    return graph.linear(name + ".mixed", mixed, x.width(), Layers.plain(mixed));
  }

  private static Value units(GraphBuilder graph, Settings settings, String name, Value x) {
    int hidden = settings.whole("hidden");
    Value y = graph.gatedRelu(graph.linear(name + ".up", x, 2 * hidden, Layers.plain(x)));
    y = graph.dropout(y, settings.number("dropout"));
    return graph.linear(name + ".down", y, x.width(), Layers.plain(y));
  }
}
