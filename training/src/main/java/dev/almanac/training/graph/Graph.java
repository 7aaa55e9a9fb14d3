package dev.almanac.training.graph;

import dev.almanac.training.onnx.OnnxGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A model as layers from features to outputs.
 *
 * <p>All parameters lie in one vector, trained ones first. An optimizer's step is then a few
 * operations however many layers there are, and one copy takes all weights. Immutable and
 * thread-safe; built by {@link GraphBuilder}.
 */
public final class Graph {
  private final List<Node> nodes;
  private final Value output;
  private final List<Parameter> parameters = new ArrayList<>();
  private final List<Integer> offsets = new ArrayList<>();
  private final Map<Parameter, Integer> positions = new HashMap<>();
  private final Map<Value, List<Node>> consumers = new HashMap<>();
  private final CategoryTable table;
  private final int trainedLength;
  private final int length;

  Graph(List<Node> nodes, Value output, CategoryTable table) {
    this.nodes = List.copyOf(nodes);
    this.output = output;
    this.table = table;
    for (boolean trained : new boolean[] {true, false}) {
      for (Node node : nodes) {
        node.parameters().stream().filter(p -> p.trained() == trained).forEach(parameters::add);
      }
    }
    int end = 0;
    int trained = 0;
    for (Parameter parameter : parameters) {
      // The vector itself stands at 0.
      positions.put(parameter, positions.size() + 1);
      offsets.add(end);
      end = Math.addExact(end, parameter.size());
      trained = parameter.trained() ? end : trained;
    }
    this.length = end;
    this.trainedLength = trained;
    for (Node node : nodes) {
      for (Value input : node.inputs()) {
        consumers.computeIfAbsent(input, value -> new ArrayList<>()).add(node);
      }
    }
  }

  List<Node> nodes() {
    return nodes;
  }

  Value output() {
    return output;
  }

  List<Node> consumers(Value value) {
    return consumers.getOrDefault(value, List.of());
  }

  /** Where a parameter stands in the lists that a script gets, from 1; at 0 stands the vector. */
  int position(Parameter parameter) {
    return positions.get(parameter);
  }

  /** In the order in which they lie in the vector. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** Where the parameter at this place of {@link #parameters} begins in the vector. */
  public int offset(int place) {
    return offsets.get(place);
  }

  /** How many numbers all parameters hold. */
  public int length() {
    return length;
  }

  /** How many numbers at the start of the vector an optimizer moves. */
  public int trainedLength() {
    return trainedLength;
  }

  /** The rows of all nominal columns; null without nominal columns. */
  public CategoryTable table() {
    return table;
  }

  /** Whether training draws random numbers. */
  public boolean isRandom() {
    return nodes.stream().anyMatch(node -> node.layer().isRandom());
  }

  /** Whether a batch has to be worked on whole. */
  boolean mixesRows() {
    return nodes.stream().anyMatch(node -> node.layer().mixesRows());
  }

  /** Whether first values are learned from train rows. */
  public boolean looksAtRows() {
    return parameters.stream().anyMatch(parameter -> parameter.initial().looksAtRows());
  }

  /**
   * The first values of all parameters: a pure function of the seed, each parameter's name and
   * shape and, where it looks at them, the train rows.
   */
  public float[] initial(long seed, TrainColumns columns) {
    float[] values = new float[length];
    for (int place = 0; place < parameters.size(); place++) {
      Parameter parameter = parameters.get(place);
      float[] own = new float[parameter.size()];
      parameter.initial().fill(own, Initial.seed(seed, parameter.name()), columns);
      System.arraycopy(own, 0, values, offset(place), own.length);
    }
    return values;
  }

  /**
   * Writes the model into an ONNX graph.
   *
   * @param weights in the order of {@link #parameters}
   * @param numeric names the numeric features there, float {@code [rows, features]}
   * @param categories names the indices of the categories, long {@code [rows, columns]}
   * @return the name of the outputs, float {@code [rows, outputs]}
   */
  public String write(OnnxGraph onnx, float[] weights, String numeric, String categories) {
    return new OnnxLayers(this, weights, onnx, numeric, categories).write();
  }

  /** Makes categories that were never seen the average one; changes the vector in place. */
  public void settle(float[] weights) {
    for (int place = 0; table != null && place < parameters.size(); place++) {
      if (parameters.get(place).initial() instanceof Initial.Categories) {
        table.settle(weights, offset(place));
      }
    }
  }
}
