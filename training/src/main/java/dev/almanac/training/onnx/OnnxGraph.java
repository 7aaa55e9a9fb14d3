package dev.almanac.training.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An ONNX model (onnx.ai), built operator by operator: each call returns the name of the value that
 * the operator makes, for later ones to read.
 *
 * <p>Operators are those of operator set {@value #OPSET}, and for categories of {@code ai.onnx.ml}
 * {@value #ML_OPSET}; ONNX Runtime 1.12 and later run them. The same calls give the same bytes. Not
 * thread-safe.
 */
public final class OnnxGraph {
  /** The first with layer normalization. */
  public static final int OPSET = 17;

  private static final int ML_OPSET = 2;

  /** The version of the file's form that came with the operator set. */
  private static final int IR_VERSION = 8;

  private static final String ML = "ai.onnx.ml";
  private static final String ROWS = "rows";

  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final Set<String> outside = new HashSet<>();
  private final Map<String, Integer> made = new LinkedHashMap<>();

  public OnnxGraph(String name) {
    graph.setName(name);
  }

  /**
   * Declares an input {@code [rows, 1]}; all of them before the first operator.
   *
   * @throws IllegalArgumentException when the name is taken
   */
  public String input(String name, OnnxType type) {
    graph.addInput(value(take(name), type, 1));
    return name;
  }

  /**
   * Makes a value an output {@code [rows, width]} of this name.
   *
   * @throws IllegalArgumentException when an input has the name
   */
  public void output(String name, String value, OnnxType type, int width) {
    graph.addOutput(value(take(name), type, width));
    graph.addNode(node("Identity", List.of(value)).addOutput(name));
  }

  private String take(String name) {
    if (!outside.add(name)) {
      throw new IllegalArgumentException(
          "Cannot export to ONNX: inputs and outputs must differ in their names (two are '%s'); name the column otherwise by a feature step"
              .formatted(name));
    }
    return name;
  }

  private static ValueInfoProto value(String name, OnnxType type, int width) {
    TensorShapeProto shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(ROWS))
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(width))
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.number()).setShape(shape)))
        .build();
  }

  /** What an operator makes of values, by their names. */
  public String apply(String operator, List<String> inputs, OnnxAttribute... attributes) {
    return add(node(operator, inputs), attributes);
  }

  /** What an operator without attributes makes of values. */
  public String apply(String operator, String... inputs) {
    return add(node(operator, List.of(inputs)));
  }

  /** What an operator of {@code ai.onnx.ml} makes of a value. */
  public String applyMl(String operator, String input, OnnxAttribute... attributes) {
    return add(node(operator, List.of(input)).setDomain(ML), attributes);
  }

  private NodeProto.Builder node(String operator, List<String> inputs) {
    return NodeProto.newBuilder()
        .setName("%s.%s".formatted(operator, graph.getNodeCount()))
        .setOpType(operator)
        .addAllInput(inputs);
  }

  private String add(NodeProto.Builder node, OnnxAttribute... attributes) {
    for (OnnxAttribute attribute : attributes) {
      node.addAttribute(attribute.form());
    }
    String output = fresh(node.getOpType());
    graph.addNode(node.addOutput(output));
    return output;
  }

  /** A value as another type. */
  public String cast(String value, OnnxType type) {
    return apply("Cast", List.of(value), OnnxAttribute.of("to", type.number()));
  }

  public String constant(OnnxType type, double number) {
    return type == OnnxType.FLOAT
        ? floats(new float[] {(float) number})
        : doubles(new double[] {number});
  }

  /** A constant; without dimensions a vector. */
  public String floats(float[] values, int... dimensions) {
    ByteBuffer raw = buffer(values.length, Float.BYTES);
    raw.asFloatBuffer().put(values);
    return raw(OnnxType.FLOAT, raw, values.length, dimensions);
  }

  /** A constant; without dimensions a vector. */
  public String doubles(double[] values, int... dimensions) {
    ByteBuffer raw = buffer(values.length, Double.BYTES);
    raw.asDoubleBuffer().put(values);
    return raw(OnnxType.DOUBLE, raw, values.length, dimensions);
  }

  /** A constant; without dimensions a vector. */
  public String longs(long[] values, int... dimensions) {
    ByteBuffer raw = buffer(values.length, Long.BYTES);
    raw.asLongBuffer().put(values);
    return raw(OnnxType.LONG, raw, values.length, dimensions);
  }

  private static ByteBuffer buffer(int length, int bytes) {
    return ByteBuffer.allocate(Math.multiplyExact(length, bytes)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private String raw(OnnxType type, ByteBuffer raw, int length, int... dimensions) {
    TensorProto.Builder tensor = tensor(type, length, dimensions);
    return constant(tensor.setRawData(ByteString.copyFrom(raw)));
  }

  /** A constant text. */
  public String text(String text) {
    return constant(tensor(OnnxType.STRING, 1).addStringData(ByteString.copyFromUtf8(text)));
  }

  private static TensorProto.Builder tensor(OnnxType type, int length, int... dimensions) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(type.number());
    if (dimensions.length == 0) {
      tensor.addDims(length);
    }
    for (int dimension : dimensions) {
      tensor.addDims(dimension);
    }
    return tensor;
  }

  private String constant(TensorProto.Builder tensor) {
    String name = fresh("constant");
    graph.addInitializer(tensor.setName(name));
    return name;
  }

  /** A name that nothing has. */
  private String fresh(String like) {
    String name;
    do {
      name = "%s:%s".formatted(like, made.merge(like, 1, Integer::sum));
    } while (outside.contains(name));
    return name;
  }

  /**
   * The file.
   *
   * @param producer the program that wrote it
   * @param metadata for whoever reads it, by key
   */
  public byte[] file(String producer, String version, Map<String, String> metadata) {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName(producer)
            .setProducerVersion(version)
            .setGraph(graph)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(ML).setVersion(ML_OPSET));
    new TreeMap<>(metadata)
        .forEach(
            (key, value) ->
                model.addMetadataProps(
                    StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return model.build().toByteArray();
  }
}
