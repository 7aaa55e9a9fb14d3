package dev.almanac.training.graph;

import dev.almanac.training.onnx.OnnxAttribute;
import dev.almanac.training.onnx.OnnxGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes layers as ONNX operators, as they predict.
 *
 * <p>A {@link Value} of one token is a tensor {@code [rows, width]}, one of more {@code [rows,
 * tokens, width]}.
 */
final class OnnxLayers {
  private final Graph graph;
  private final float[] weights;
  private final OnnxGraph onnx;
  private final String numeric;
  private final String categories;
  private final Map<Value, String> names = new HashMap<>();
  private Node node;

  /**
   * @param numeric names the numeric features, float {@code [rows, features]}
   * @param categories names the indices of the categories, long {@code [rows, columns]}
   */
  OnnxLayers(Graph graph, float[] weights, OnnxGraph onnx, String numeric, String categories) {
    this.graph = graph;
    this.weights = weights;
    this.onnx = onnx;
    this.numeric = numeric;
    this.categories = categories;
  }

  /** Writes every layer; the name of the output. */
  String write() {
    for (Node next : graph.nodes()) {
      node = next;
      names.put(node.output(), node.layer().onnx(this));
    }
    String output = names.get(graph.output());
    int members = graph.output().tokens();
    return members == 1 ? output : apply("Mul", sum(output, 1), number(1.0 / members));
  }

  /** The numeric features. */
  String numeric() {
    return numeric;
  }

  /** The rows of the category table, {@code [rows, columns]}. */
  String tableRows() {
    CategoryTable table = graph.table();
    long[] first = new long[table.columns()];
    for (int column = 0; column < first.length; column++) {
      first[column] = table.firstRow(column);
    }
    return apply("Add", categories, onnx.longs(first, 1, first.length));
  }

  int inputs() {
    return node.inputs().size();
  }

  Value input(int i) {
    return node.inputs().get(i);
  }

  Value output() {
    return node.output();
  }

  /** An input. */
  String in(int i) {
    return names.get(input(i));
  }

  /** An input as {@code [rows, tokens, width]}, also when it has one token. */
  String tokens(int i) {
    Value value = input(i);
    return value.tokens() == 1 ? reshape(in(i), 1, value.width()) : in(i);
  }

  /** An input as {@code [rows, tokens * width]}. */
  String flat(int i) {
    return input(i).tokens() == 1 ? in(i) : reshape(in(i), input(i).size());
  }

  /** The output, out of a tensor {@code [rows, tokens, width]}. */
  String made(String tokens) {
    return output().tokens() == 1 ? reshape(tokens, output().width()) : tokens;
  }

  /** A parameter. */
  String weight(int i) {
    return onnx.floats(
        values(i),
        node.parameters().get(i).dimensions().stream().mapToInt(Integer::intValue).toArray());
  }

  /** A parameter with other dimensions. */
  String shaped(int i, int... dimensions) {
    return onnx.floats(values(i), dimensions);
  }

  /** A parameter that is a matrix, its rows as columns. */
  String transposed(int i) {
    List<Integer> dimensions = node.parameters().get(i).dimensions();
    int rows = dimensions.get(0);
    int columns = dimensions.get(1);
    float[] values = values(i);
    float[] turned = new float[values.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        turned[column * rows + row] = values[row * columns + column];
      }
    }
    return onnx.floats(turned, columns, rows);
  }

  private float[] values(int i) {
    Parameter parameter = node.parameters().get(i);
    // The vector itself stands at position 0.
    int offset = graph.offset(graph.position(parameter) - 1);
    float[] values = new float[parameter.size()];
    System.arraycopy(weights, offset, values, 0, values.length);
    return values;
  }

  String number(double number) {
    return onnx.floats(new float[] {(float) number});
  }

  String apply(String operator, String... inputs) {
    return onnx.apply(operator, inputs);
  }

  String apply(String operator, List<String> inputs, OnnxAttribute... attributes) {
    return onnx.apply(operator, inputs, attributes);
  }

  /** A tensor with other dimensions behind the rows. */
  String reshape(String name, int... dimensions) {
    long[] shape = new long[dimensions.length + 1];
    for (int i = 0; i < dimensions.length; i++) {
      shape[i + 1] = dimensions[i];
    }
    // 0 stands for the number of rows, as it is.
    return apply("Reshape", name, onnx.longs(shape));
  }

  String transpose(String name, long... order) {
    List<Long> places = new ArrayList<>();
    for (long place : order) {
      places.add(place);
    }
    return apply("Transpose", List.of(name), OnnxAttribute.ofLongs("perm", places));
  }

  /** Tensors behind one another along a dimension. */
  String concat(int dimension, List<String> names) {
    return apply("Concat", names, OnnxAttribute.of("axis", dimension));
  }

  /** A part of a tensor along a dimension. */
  String slice(String name, int dimension, int from, int until) {
    return apply(
        "Slice",
        name,
        onnx.longs(new long[] {from}),
        onnx.longs(new long[] {until}),
        onnx.longs(new long[] {dimension}));
  }

  /** The numeric features as {@code [rows, features, 1]}. */
  String column(int i) {
    return reshape(in(i), input(i).width(), 1);
  }

  /** The sum over a dimension, which goes. */
  String sum(String name, int dimension) {
    return apply(
        "ReduceSum",
        List.of(name, onnx.longs(new long[] {dimension})),
        OnnxAttribute.of("keepdims", 0));
  }

  /** A vector for each row: {@code [rows, 1, width]}. */
  String everyRow(String vector, int width, String like) {
    String rows =
        apply("Shape", List.of(like), OnnxAttribute.of("start", 0), OnnxAttribute.of("end", 1));
    return apply("Expand", vector, concat(0, List.of(rows, onnx.longs(new long[] {1, width}))));
  }
}
