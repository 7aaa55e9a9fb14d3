package dev.almanac.training.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph whose fully connected layers, all but the last, work in bfloat16, with casts where such
 * values meet others. The parameters, and where they lie, are the same.
 */
final class MixedPrecision {
  private final Graph graph;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<Value, Value> made = new HashMap<>();
  private final Map<Value, Value> casts = new HashMap<>();

  private MixedPrecision(Graph graph) {
    this.graph = graph;
  }

  static Graph of(Graph graph) {
    return new MixedPrecision(graph).rewrite();
  }

  private Graph rewrite() {
    for (Node node : graph.nodes()) {
      boolean half = isHalf(node);
      List<Value> inputs = new ArrayList<>();
      for (Value input : node.inputs()) {
        Value value = made.get(input);
        // A concatenation copies, which casts on the way.
        inputs.add(node.layer() instanceof Concat ? value : cast(value, half));
      }
      Value old = node.output();
      made.put(old, add(node.layer(), inputs, node.parameters(), old.tokens(), old.width(), half));
    }
    return new Graph(nodes, made.get(graph.output()), graph.table());
  }

  private boolean isHalf(Node node) {
    Layer layer = node.layer();
    if (layer instanceof Linear) {
      return isHalfProduct(node);
    }
    if (layer instanceof Concat) {
      return graph.consumers(node.output()).stream().allMatch(this::isHalfProduct);
    }
    return layer.keepsPrecision() && made.get(node.inputs().get(0)).isHalf();
  }

  private boolean isHalfProduct(Node node) {
    return node.layer() instanceof Linear && node.output() != graph.output();
  }

  private Value cast(Value value, boolean half) {
    if (value.isHalf() == half) {
      return value;
    }
    return casts.computeIfAbsent(
        value, v -> add(new Cast(), List.of(v), List.of(), v.tokens(), v.width(), half));
  }

  private Value add(
      Layer layer,
      List<Value> inputs,
      List<Parameter> parameters,
      int tokens,
      int width,
      boolean half) {
    Node node = new Node(nodes.size(), layer, inputs, parameters, tokens, width, half);
    nodes.add(node);
    return node.output();
  }
}
