package dev.almanac.training.graph;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The lines of TorchScript that work on one slice of a batch: layer by layer forward, then, when
 * training, layer by layer back.
 *
 * <p>Names in the text: {@code r} rows of the slice, {@code x} numeric features, {@code idx} rows
 * of the category table, {@code p} and {@code g} parameters and their gradients, {@code b} buffers,
 * {@code c} constants.
 */
final class SliceText {
  private static final String INDENT = "      ";

  /** PyTorch's number of that type of numbers. */
  private static final int BFLOAT16 = 15;

  private final Graph graph;
  private final Buffers buffers;
  private final boolean training;
  private final StringBuilder text = new StringBuilder();
  private final Map<Value, String> names = new HashMap<>();
  private final Map<Value, String> slopes = new HashMap<>();
  private final Map<Value, Integer> slopeBuffers = new HashMap<>();
  private final Set<Value> handedDown = new HashSet<>();
  private final Map<String, String> halfWeights = new LinkedHashMap<>();
  private int views;
  private Node node;

  SliceText(Graph graph, Buffers buffers, boolean training) {
    this.graph = graph;
    this.buffers = buffers;
    this.training = training;
  }

  /** Writes every layer's forward lines; the name of the output. */
  String forward() {
    for (Node next : graph.nodes()) {
      node = next;
      node.layer().forward(this);
    }
    return names.get(graph.output());
  }

  /**
   * Writes every layer's backward lines.
   *
   * @param slope names the gradient of the output, which stands in the output's own place
   */
  void backward(String slope) {
    slopes.put(graph.output(), slope);
    for (int i = graph.nodes().size() - 1; i >= 0; i--) {
      node = graph.nodes().get(i);
      if (node.isTrained() && slopes.containsKey(node.output())) {
        node.layer().backward(this);
        Integer buffer = slopeBuffers.get(node.output());
        if (buffer != null && !handedDown.contains(node.output())) {
          buffers.give(buffer);
        }
      }
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }

  /** Writes one line. */
  void line(String format, Object... arguments) {
    text.append(INDENT).append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  boolean training() {
    return training;
  }

  Value input(int i) {
    return node.inputs().get(i);
  }

  int inputs() {
    return node.inputs().size();
  }

  Value output() {
    return node.output();
  }

  /** The name of an input. */
  String in(int i) {
    return names.get(input(i));
  }

  /** The name of a parameter. */
  String weight(int i) {
    return "p[%s]".formatted(graph.position(node.parameters().get(i)));
  }

  /** The name of a bfloat16 copy of a parameter, as it was before the batch. */
  String halfWeight(int i) {
    int position = graph.position(node.parameters().get(i));
    return half("h" + position, "p[%s]".formatted(position));
  }

  /** The name of a bfloat16 copy of a matrix's columns but for the first few. */
  String halfWeight(int i, int skipped) {
    int position = graph.position(node.parameters().get(i));
    int columns = node.parameters().get(i).dimensions().get(1) - skipped;
    return half(
        "h%sn%s".formatted(position, skipped),
        "p[%s].narrow(1, %s, %s).contiguous()".formatted(position, skipped, columns));
  }

  private String half(String name, String of) {
    halfWeights.put(name, of);
    return name;
  }

  /** The lines, outside of slices, that make {@link #halfWeight copies}. */
  String halves() {
    StringBuilder lines = new StringBuilder();
    halfWeights.forEach(
        (name, of) -> lines.append("    %s = %s.to(%s)\n".formatted(name, of, BFLOAT16)));
    return lines.toString();
  }

  /** The name of a parameter's gradient, to which is added. */
  String slope(int i) {
    return "g[%s]".formatted(graph.position(node.parameters().get(i)));
  }

  /** A name that no other layer uses. */
  String local(String name) {
    return name + node.id();
  }

  /** The matrix for the output: a buffer, or the first input's where it is not needed any more. */
  String out() {
    String name = names.get(output());
    if (name == null) {
      name = node.layer().worksInPlace() && isFree(input(0)) ? in(0) : temporary(output());
      names.put(output(), name);
    }
    return name;
  }

  private boolean isFree(Value value) {
    Layer maker = value.node().layer();
    boolean passed = !training && maker instanceof Dropout;
    return !(maker instanceof Input)
        && !maker.needsOutput()
        && graph.consumers(value).size() == 1
        && (!passed || isFree(value.node().inputs().get(0)));
  }

  /** The output is what this expression makes. */
  void out(String format, Object... arguments) {
    String name = local("v");
    line(name + " = " + format, arguments);
    names.put(output(), name);
  }

  /** The output is the first input, as it is. */
  void pass() {
    names.put(output(), in(0));
  }

  /** A buffer of a value's size until the slice is done. */
  String temporary(Value like) {
    return view(buffers.take(like.tokens(), like.width(), like.isHalf()), like.tokens());
  }

  private String view(int buffer, int tokens) {
    String name = "t" + views++;
    line("%s = b[%s].narrow(0, 0, %s)", name, buffer, rows(tokens));
    return name;
  }

  /** How many rows a matrix of so many tokens a row has. */
  String rows(int tokens) {
    return tokens == 1 ? "r" : "r * " + tokens;
  }

  /** Ones for each row of a matrix of so many tokens a row. */
  String ones(int tokens) {
    return "c[0].narrow(0, 0, %s)".formatted(rows(tokens));
  }

  /** The gradient of the output. */
  String up() {
    return slopes.get(output());
  }

  /** Whether an input needs a gradient. */
  boolean wants(int i) {
    return input(i).node().isTrained();
  }

  /** Whether nothing has given an input's gradient yet: then it is written, later added to. */
  boolean first(int i) {
    return !slopes.containsKey(input(i));
  }

  /**
   * The matrix for an input's gradient.
   *
   * <p>It leaves out the input's first {@link #skipped} columns.
   */
  String down(int i) {
    Value value = input(i);
    if (first(i)) {
      int buffer = buffers.take(value.tokens(), value.width() - skipped(value), value.isHalf());
      slopeBuffers.put(value, buffer);
      slopes.put(value, view(buffer, value.tokens()));
    }
    return slopes.get(value);
  }

  /** Gives an input's gradient, or a part of it, as an expression makes it. */
  void give(int i, String format, Object... arguments) {
    String made = String.format(Locale.ROOT, format, arguments);
    if (first(i)) {
      String name = "t" + views++;
      line("%s = %s", name, made);
      slopes.put(input(i), name);
    } else {
      line("%s.add_(%s)", slopes.get(input(i)), made);
    }
  }

  /** Makes the output's gradient, under this name, the input's; nobody else may use it then. */
  void hand(int i, String name) {
    slopes.put(input(i), name);
    Integer buffer = slopeBuffers.get(output());
    if (buffer != null) {
      slopeBuffers.put(input(i), buffer);
      handedDown.add(output());
    }
  }

  /**
   * How many leading columns of a value need no gradient: raw features joined with learned ones,
   * when only linear layers read them, which can leave columns out.
   */
  int skipped(Value value) {
    List<Node> readers = graph.consumers(value);
    if (!(value.node().layer() instanceof Concat)
        || !readers.stream().allMatch(reader -> reader.layer() instanceof Linear)) {
      return 0;
    }
    int columns = 0;
    for (Value part : value.node().inputs()) {
      if (part.node().isTrained()) {
        break;
      }
      columns += part.size();
    }
    return columns;
  }
}
