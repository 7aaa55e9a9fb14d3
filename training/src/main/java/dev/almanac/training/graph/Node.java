package dev.almanac.training.graph;

import java.util.List;

/** One layer at its place in a graph: what it does, with which inputs and parameters. */
final class Node {
  private final int id;
  private final Layer layer;
  private final List<Value> inputs;
  private final List<Parameter> parameters;
  private final Value output;
  private final boolean trained;

  Node(
      int id,
      Layer layer,
      List<Value> inputs,
      List<Parameter> parameters,
      int tokens,
      int width,
      boolean half) {
    this.id = id;
    this.layer = layer;
    this.inputs = List.copyOf(inputs);
    this.parameters = List.copyOf(parameters);
    this.output = new Value(this, tokens, width, half);
    this.trained =
        parameters.stream().anyMatch(Parameter::trained)
            || inputs.stream().anyMatch(input -> input.node().isTrained());
  }

  /** Its place in the order of computation. */
  int id() {
    return id;
  }

  Layer layer() {
    return layer;
  }

  List<Value> inputs() {
    return inputs;
  }

  List<Parameter> parameters() {
    return parameters;
  }

  Value output() {
    return output;
  }

  /** Whether a gradient has anything to reach here or below. */
  boolean isTrained() {
    return trained;
  }
}
