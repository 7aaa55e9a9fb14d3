package dev.almanac.training.graph;

import dev.almanac.transforms.problem.RefusedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Builds a model layer by layer.
 *
 * <p>Names are those of the parameters and must differ; each {@code bound} is that of the uniform
 * initial values. One builder makes one graph.
 */
public final class GraphBuilder {
  private final int numeric;
  private final List<Integer> cardinalities;
  private final List<Node> nodes = new ArrayList<>();
  private Value features;
  private CategoryTable table;

  /**
   * @param numeric numeric features a row
   * @param cardinalities of the nominal columns, NULL and unknown counted
   */
  public GraphBuilder(int numeric, List<Integer> cardinalities) {
    this.numeric = numeric;
    this.cardinalities = List.copyOf(cardinalities);
  }

  public boolean hasNumeric() {
    return numeric > 0;
  }

  public boolean hasCategories() {
    return !cardinalities.isEmpty();
  }

  /** The numeric features: one token of all. */
  public Value numeric() {
    if (features == null) {
      features = add(new Input(), List.of(), List.of(), 1, numeric);
    }
    return features;
  }

  /** A learned vector for the category of each nominal column: a token a column. */
  public Value embedding(String name, int width, double bound) {
    if (table != null) {
      throw new IllegalStateException("Cannot build a graph: it has one table of categories");
    }
    table = new CategoryTable(cardinalities, width);
    Parameter rows =
        new Parameter(
            name, List.of(table.rows(), width), new Initial.Categories(bound, table), true);
    return add(new Embedding(), List.of(), List.of(rows), cardinalities.size(), width);
  }

  /** {@code x W^T + b}, for each token alike. */
  public Value linear(String name, Value x, int units, double bound) {
    Initial first = bound == 0 ? new Initial.Constant(0) : new Initial.Uniform(bound);
    return add(
        new Linear(),
        List.of(x),
        List.of(
            new Parameter(name + ".weight", List.of(units, x.width()), first, true),
            parameter(name + ".bias", 0, units)),
        x.tokens(),
        units);
  }

  private static Parameter parameter(String name, float value, int... dimensions) {
    return new Parameter(
        name, Arrays.stream(dimensions).boxed().toList(), new Initial.Constant(value), true);
  }

  /** Adds a learned number to each column. */
  public Value bias(String name, Value x) {
    return same(new Bias(), List.of(x), List.of(parameter(name, 0, x.width())));
  }

  /**
   * A function of each number.
   *
   * @param name one of {@link #activations}
   */
  public Value activation(String name, Value x) {
    for (Activation activation : Activation.values()) {
      if (activation.text().equals(name)) {
        return same(activation, List.of(x), List.of());
      }
    }
    throw new RefusedException(
        "Cannot build a graph: activations are %s (%s)".formatted(activations(), name));
  }

  public static List<String> activations() {
    return Arrays.stream(Activation.values()).map(Activation::text).toList();
  }

  /** The first half of each token times the positive part of the second. */
  public Value gatedRelu(Value x) {
    return add(new GatedRelu(), List.of(x), List.of(), x.tokens(), x.width() / 2);
  }

  /** While training, leaves out a share of the numbers. */
  public Value dropout(Value x, double rate) {
    return rate == 0 ? x : same(new Dropout(rate), List.of(x), List.of());
  }

  public Value layerNorm(String name, Value x) {
    return same(
        new LayerNorm(),
        List.of(x),
        List.of(
            parameter(name + ".scale", 1, x.width()), parameter(name + ".shift", 0, x.width())));
  }

  /** Of all tokens of a batch alike. */
  public Value batchNorm(String name, Value x) {
    return same(
        new BatchNorm(),
        List.of(x),
        List.of(
            parameter(name + ".scale", 1, x.width()),
            parameter(name + ".shift", 0, x.width()),
            state(name + ".running-mean", new Initial.Constant(0), x.width()),
            state(name + ".running-variance", new Initial.Constant(1), x.width())));
  }

  private static Parameter state(String name, Initial first, Integer... dimensions) {
    return new Parameter(name, List.of(dimensions), first, false);
  }

  public Value add(Value left, Value right) {
    return same(new Add(), List.of(left, right), List.of());
  }

  public Value multiply(Value left, Value right) {
    return same(new Multiply(), List.of(left, right), List.of());
  }

  /**
   * All numbers of a row side by side, one token. Put what is not learned first: layers below then
   * need no gradient for it.
   */
  public Value concat(List<Value> parts) {
    if (parts.size() == 1 && parts.get(0).tokens() == 1) {
      return parts.get(0);
    }
    return add(new Concat(), parts, List.of(), 1, parts.stream().mapToInt(Value::size).sum());
  }

  /** The sum of each row's tokens. */
  public Value sumTokens(Value x) {
    return add(new SumTokens(), List.of(x), List.of(), 1, x.width());
  }

  /** Sines and cosines of the numeric features: a token a feature, twice the frequencies wide. */
  public Value periodic(String name, int frequencies, double deviation) {
    Parameter turns =
        new Parameter(name, List.of(numeric, frequencies), new Initial.Normal(deviation), true);
    return add(new Periodic(), List.of(numeric()), List.of(turns), numeric, 2 * frequencies);
  }

  /** How far the numeric features have come through bins of the train rows: a token a feature. */
  public Value piecewiseLinear(String name, int bins) {
    List<Parameter> parts = new ArrayList<>();
    for (PiecewiseLinear.Part part : PiecewiseLinear.Part.values()) {
      String partName = name + "." + part.name().toLowerCase(Locale.ROOT);
      parts.add(state(partName, new Initial.Bins(part, bins), numeric, bins));
    }
    return add(new PiecewiseLinear(), List.of(numeric()), parts, numeric, bins);
  }

  /**
   * Each row once for each of so many members, times learned numbers of the member's own that are 1
   * or -1 at first: a token a member.
   */
  public Value spread(String name, Value x, int members) {
    Parameter scales = new Parameter(name, List.of(members, x.width()), new Initial.Signs(), true);
    return add(new Spread(), List.of(x), List.of(scales), members, x.width());
  }

  /** {@code x W + b} with weights of its own for each token. */
  public Value ownLinear(String name, Value x, int units, double bound) {
    Parameter weight =
        new Parameter(
            name + ".weight",
            List.of(x.tokens(), x.width(), units),
            new Initial.Uniform(bound),
            true);
    Parameter bias = parameter(name + ".bias", 0, x.tokens(), units);
    return add(new OwnLinear(), List.of(x), List.of(weight, bias), x.tokens(), units);
  }

  /** A learned vector a numeric feature, times its value, plus another: a token a feature. */
  public Value featureTokens(String name, int width, double bound) {
    return add(
        new FeatureTokens(),
        List.of(numeric()),
        List.of(
            new Parameter(
                name + ".weight", List.of(numeric, width), new Initial.Uniform(bound), true),
            new Parameter(
                name + ".bias", List.of(numeric, width), new Initial.Uniform(bound), true)),
        numeric,
        width);
  }

  /** A learned token before those of the parts, which are as wide. */
  public Value classToken(String name, List<Value> parts, double bound) {
    int width = parts.get(0).width();
    Parameter token = new Parameter(name, List.of(width), new Initial.Uniform(bound), true);
    int tokens = 1 + parts.stream().mapToInt(Value::tokens).sum();
    return add(new ClassToken(), parts, List.of(token), tokens, width);
  }

  public Value firstToken(Value x) {
    return add(new FirstToken(), List.of(x), List.of(), 1, x.width());
  }

  /** Attention among the tokens of a row; the width is a multiple of the heads. */
  public Value attention(Value queries, Value keys, Value values, int heads) {
    return same(new Attention(heads), List.of(queries, keys, values), List.of());
  }

  private Value same(Layer layer, List<Value> inputs, List<Parameter> parameters) {
    Value like = inputs.get(0);
    return add(layer, inputs, parameters, like.tokens(), like.width());
  }

  private Value add(
      Layer layer, List<Value> inputs, List<Parameter> parameters, int tokens, int width) {
    Node node = new Node(nodes.size(), layer, inputs, parameters, tokens, width, false);
    nodes.add(node);
    return node.output();
  }

  /**
   * The model that puts out this value. Of more than one token each is a member of an ensemble:
   * they learn by themselves, and the model's output is their mean.
   */
  public Graph build(Value output) {
    return new Graph(nodes, output, table);
  }
}
