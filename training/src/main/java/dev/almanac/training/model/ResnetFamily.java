package dev.almanac.training.model;

import dev.almanac.training.graph.Graph;
import dev.almanac.training.graph.GraphBuilder;
import dev.almanac.training.graph.Value;
import dev.almanac.training.setting.Rule;
import dev.almanac.training.setting.Setting;
import dev.almanac.training.setting.Settings;
import java.util.List;

/**
 * The residual network for tables of Gorishniy et al. 2021, "Revisiting Deep Learning Models for
 * Tabular Data" (arXiv 2106.11959): {@code x + Dropout(Linear(Dropout(ReLU(Linear(Norm(x))))))} in
 * each block, and {@code Linear(ReLU(Norm(x)))} at the end.
 *
 * <p>Settings: {@code width} of the row's vector, {@code blocks}, {@code hidden} (units inside a
 * block), {@code dropout} inside a block, {@code residual-dropout} of what a block adds, {@code
 * norm} and those of {@link Features}.
 */
final class ResnetFamily implements ModelFamily {
  @Override
  public String name() {
    return "resnet";
  }

  @Override
  public List<Setting> settings() {
    return Features.settings(
        Setting.whole("width", 128, 1, 16_384),
        Setting.whole("blocks", 3, 1, 64),
        Setting.whole("hidden", 256, 1, 16_384),
        Setting.whole("embedding", 8, 1, 1024),
        Setting.number("dropout", 0, Rule.Decimal.SHARE),
        Setting.number("residual-dropout", 0, Rule.Decimal.SHARE),
        Setting.word("norm", Layers.BATCH_NORM, Layers.NORMS));
  }

  @Override
  public Graph build(ModelShape shape, Settings settings) {
    GraphBuilder graph = Features.builder(shape);
    String norm = settings.text("norm");
    Value row = new Features(graph, shape, settings).row();
    Value x = graph.linear("input", row, settings.whole("width"), Layers.plain(row));
    for (int block = 0; block < settings.whole("blocks"); block++) {
      String name = "block." + block;
      Value y = Layers.norm(graph, norm, name + ".norm", x);
      y = graph.linear(name + ".up", y, settings.whole("hidden"), Layers.he(y));
      y = graph.dropout(graph.activation("relu", y), settings.number("dropout"));
      y = graph.linear(name + ".down", y, settings.whole("width"), Layers.plain(y));
      x = graph.add(graph.dropout(y, settings.number("residual-dropout")), x);
    }
    x = graph.activation("relu", Layers.norm(graph, norm, "output.norm", x));
    return graph.build(Layers.output(graph, shape, x));
  }
}
