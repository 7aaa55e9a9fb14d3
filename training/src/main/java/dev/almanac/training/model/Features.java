package dev.almanac.training.model;

import dev.almanac.training.graph.GraphBuilder;
import dev.almanac.training.graph.Value;
import dev.almanac.training.setting.Setting;
import dev.almanac.training.setting.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How features enter a model, the same for each family: numeric ones as they are or embedded, and a
 * learned vector for each category.
 *
 * <p>Settings: {@code embedding} (numbers a category; at most half as many as the largest column
 * has categories, and at least one) and {@code numeric-embedding} (Gorishniy et al. 2022, arXiv
 * 2203.05556), which adds to the plain values:
 *
 * <ul>
 *   <li>{@code piecewise-linear}: the share of each of {@code bins} between quantiles of train, and
 *       values that many rows have;
 *   <li>{@code periodic}: sines and cosines at {@code frequencies} learned frequencies, normal with
 *       deviation {@code frequency-scale} at first, and of them a layer of {@code numeric-width}
 *       units a feature, the same for all;
 *   <li>{@code both} of them.
 * </ul>
 */
final class Features {
  private static final double EMBEDDING_BOUND = 0.1;
  private static final String NONE = "none";
  private static final String PIECEWISE_LINEAR = "piecewise-linear";
  private static final String PERIODIC = "periodic";
  private static final String BOTH = "both";

  private final GraphBuilder graph;
  private final ModelShape shape;
  private final Settings settings;

  Features(GraphBuilder graph, ModelShape shape, Settings settings) {
    this.graph = graph;
    this.shape = shape;
    this.settings = settings;
  }

  /** A builder for models of this shape. */
  static GraphBuilder builder(ModelShape shape) {
    return new GraphBuilder(
        shape.numeric(), shape.nominal().stream().map(column -> column.cardinality()).toList());
  }

  /** A family's own settings, then those that all share. */
  static List<Setting> settings(Setting... own) {
    return Stream.concat(
            Stream.of(own),
            Stream.of(
                Setting.word(
                    "numeric-embedding", NONE, List.of(NONE, PIECEWISE_LINEAR, PERIODIC, BOTH)),
                Setting.whole("bins", 16, 2, 256),
                Setting.whole("frequencies", 16, 1, 256),
                Setting.number("frequency-scale", 0.1, 1e-6, 1000),
                Setting.whole("numeric-width", 8, 1, 256)))
        .toList();
  }

  /** The width of a category's vector: as wanted, but no wider than half the largest column. */
  static int embeddingWidth(ModelShape shape, int wanted) {
    int most =
        shape.nominal().stream().mapToInt(column -> (column.cardinality() + 1) / 2).max().orElse(1);
    return Math.min(wanted, most);
  }

  /** All features of a row side by side. */
  Value row() {
    List<Value> parts = new ArrayList<>();
    if (graph.hasNumeric()) {
      parts.add(graph.numeric());
      switch (settings.text("numeric-embedding")) {
        case PIECEWISE_LINEAR -> parts.add(bins());
        case PERIODIC -> parts.add(waves(settings.whole("numeric-width")));
        case BOTH -> {
          parts.add(bins());
          parts.add(waves(settings.whole("numeric-width")));
        }
        default -> {}
      }
    }
    if (graph.hasCategories()) {
      int width = embeddingWidth(shape, settings.whole("embedding"));
      parts.add(graph.embedding("embedding", width, EMBEDDING_BOUND));
    }
    return graph.concat(parts);
  }

  /** A token a feature, numeric ones first, each so wide. */
  List<Value> tokens(int width) {
    double bound = Math.sqrt(1.0 / width);
    List<Value> parts = new ArrayList<>();
    if (graph.hasNumeric()) {
      Value plain = graph.featureTokens("numeric", width, bound);
      parts.add(
          switch (settings.text("numeric-embedding")) {
            case PIECEWISE_LINEAR -> graph.add(binned(width, bound), plain);
            case PERIODIC -> graph.add(waves(width), plain);
            case BOTH -> graph.add(waves(width), graph.add(binned(width, bound), plain));
            default -> plain;
          });
    }
    if (graph.hasCategories()) {
      parts.add(graph.embedding("embedding", width, bound));
    }
    return parts;
  }

  private Value bins() {
    return graph.piecewiseLinear("bins", settings.whole("bins"));
  }

  private Value binned(int width, double bound) {
    return graph.linear("bins.token", bins(), width, bound);
  }

  private Value waves(int width) {
    int frequencies = settings.whole("frequencies");
    Value waves = graph.periodic("frequencies", frequencies, settings.number("frequency-scale"));
    double bound = Math.sqrt(6.0 / waves.width());
    return graph.activation("relu", graph.linear("waves", waves, width, bound));
  }
}
