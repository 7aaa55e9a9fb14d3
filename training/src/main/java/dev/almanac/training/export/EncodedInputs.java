package dev.almanac.training.export;

import dev.almanac.training.onnx.OnnxAttribute;
import dev.almanac.training.onnx.OnnxGraph;
import dev.almanac.training.onnx.OnnxType;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.encode.Categories;
import dev.almanac.transforms.encode.CategoryEncoder;
import dev.almanac.transforms.encode.CategoryEncoder.Indicator;
import dev.almanac.transforms.encode.NumericEncoder;
import dev.almanac.transforms.encode.vocabulary.Vocabulary;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.problem.RefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The encoders of a transform as ONNX operators: the very features, to the bit, that {@link
 * FittedTransform#encode} gives for the same cells.
 *
 * <p>As there, numbers are worked on in double and rounded to float once. All numeric columns go
 * through the same few operators side by side.
 */
final class EncodedInputs {
  private final FittedTransform transform;
  private final OnnxGraph onnx;
  private final TableSchema columns;
  private final List<ExportedModel.Input> inputs = new ArrayList<>();
  private final Map<String, String> cells = new LinkedHashMap<>();
  private String missing;

  /** Declares an input for each column that an encoder reads. */
  EncodedInputs(FittedTransform transform, OnnxGraph onnx) {
    this.transform = transform;
    this.onnx = onnx;
    this.columns = transform.features().outputSchema();
    transform.numeric().forEach(encoder -> declare(encoder.column(), true));
    transform.nominal().forEach(this::declare);
  }

  private void declare(CategoryEncoder encoder) {
    String column = encoder.column();
    encoder
        .categories()
        .read(
            new Categories.Reader<Void>() {
              @Override
              public Void texts(Categories.Texts texts) {
                declare(column, isNumber(column));
                return null;
              }

              @Override
              public Void ranges(Categories.Ranges ranges) {
                declare(column, true);
                return null;
              }

              @Override
              public Void numbered(Categories.Numbered numbered) {
                cells.put(column, onnx.input(numbered.name(), OnnxType.DOUBLE));
                inputs.add(
                    new ExportedModel.Input(
                        numbered.name(), "double", ColumnType.LONG.text(), true, numbered.rule()));
                return null;
              }
            });
  }

  /** Doubles have many texts; their bits, one. Long integers would lose digits as doubles. */
  private boolean isNumber(String column) {
    return columns.field(column).type() == ColumnType.DOUBLE;
  }

  private void declare(String column, boolean number) {
    OnnxType type = number ? OnnxType.DOUBLE : OnnxType.STRING;
    cells.put(column, onnx.input(column, type));
    boolean computed = !transform.features().featuresFor(List.of(column)).isEmpty();
    inputs.add(
        new ExportedModel.Input(
            column,
            number ? "double" : "string",
            columns.field(column).type().text(),
            computed,
            null));
  }

  List<ExportedModel.Input> inputs() {
    return inputs;
  }

  /** The features that are numbers, float {@code [rows, features]}; null without any. */
  String numbers() {
    List<String> features = new ArrayList<>();
    if (!transform.numeric().isEmpty()) {
      features.add(numeric());
    }
    for (CategoryEncoder encoder : transform.nominal()) {
      if (!encoder.indicators().isEmpty()) {
        features.add(indicators(encoder));
      }
    }
    return features.isEmpty() ? null : concat(features);
  }

  /** 1 for the index that a cell has. */
  private String indicators(CategoryEncoder encoder) {
    long[] indices = encoder.indicators().stream().mapToLong(Indicator::index).toArray();
    String has = onnx.apply("Equal", index(encoder), onnx.longs(indices, 1, indices.length));
    return onnx.cast(has, OnnxType.FLOAT);
  }

  private String numeric() {
    List<NumericEncoder> encoders = transform.numeric();
    String raw = concat(encoders.stream().map(encoder -> cells.get(encoder.column())).toList());
    missing = onnx.apply("IsNaN", raw);
    String filled = onnx.apply("Where", missing, constants(this::fill), raw);
    String center = constants(NumericEncoder::center);
    String scale = constants(NumericEncoder::scale);
    String scaled = onnx.apply("Div", onnx.apply("Sub", filled, center), scale);
    String parts =
        onnx.apply(
            "Sub",
            onnx.apply("Div", filled, scale),
            constants(encoder -> encoder.center() / encoder.scale()));
    String most = onnx.constant(OnnxType.DOUBLE, Float.MAX_VALUE);
    String least = onnx.constant(OnnxType.DOUBLE, -Float.MAX_VALUE);
    String fits = onnx.apply("LessOrEqual", onnx.apply("Abs", scaled), most);
    // The difference may have overflowed where the quotient does not.
    String cut = onnx.apply("Min", onnx.apply("Max", parts, least), most);
    String encoded = onnx.cast(onnx.apply("Where", fits, scaled, cut), OnnxType.FLOAT);
    return withIndicators(limited(encoded));
  }

  private double fill(NumericEncoder encoder) {
    return encoder.fill() == null ? Double.NaN : encoder.fill();
  }

  /** A number a numeric column: {@code [1, columns]}. */
  private String constants(ToDoubleFunction<NumericEncoder> number) {
    double[] values = transform.numeric().stream().mapToDouble(number).toArray();
    return onnx.doubles(values, 1, values.length);
  }

  private String limited(String encoded) {
    List<NumericEncoder> encoders = transform.numeric();
    if (encoders.stream().allMatch(encoder -> encoder.limit() == null)) {
      return encoded;
    }
    float[] most = new float[encoders.size()];
    float[] least = new float[encoders.size()];
    for (int i = 0; i < most.length; i++) {
      Double limit = encoders.get(i).limit();
      most[i] = limit == null ? Float.MAX_VALUE : limit.floatValue();
      least[i] = -most[i];
    }
    String below = onnx.apply("Min", encoded, onnx.floats(most, 1, most.length));
    return onnx.apply("Max", below, onnx.floats(least, 1, least.length));
  }

  /** Each missing indicator behind its column. */
  private String withIndicators(String encoded) {
    List<NumericEncoder> encoders = transform.numeric();
    List<Long> order = new ArrayList<>();
    for (int i = 0; i < encoders.size(); i++) {
      order.add((long) i);
      if (encoders.get(i).indicator()) {
        order.add((long) encoders.size() + i);
      }
    }
    if (order.size() == encoders.size()) {
      return encoded;
    }
    String both = concat(List.of(encoded, onnx.cast(missing, OnnxType.FLOAT)));
    return columns(both, order);
  }

  private String columns(String table, List<Long> places) {
    String chosen = onnx.longs(places.stream().mapToLong(Long::longValue).toArray());
    return onnx.apply("Gather", List.of(table, chosen), OnnxAttribute.of("axis", 1));
  }

  private String concat(List<String> columns) {
    return onnx.apply("Concat", columns, OnnxAttribute.of("axis", 1));
  }

  /**
   * Whether a cell of a row is missing that nothing fills, {@code [rows, 1]}; null when there is no
   * such column. To be asked for after {@link #numbers}.
   */
  String unfilled() {
    List<Long> places = new ArrayList<>();
    for (int i = 0; i < transform.numeric().size(); i++) {
      if (transform.numeric().get(i).fill() == null) {
        places.add((long) i);
      }
    }
    if (places.isEmpty()) {
      return null;
    }
    String asked = onnx.cast(columns(missing, places), OnnxType.LONG);
    String any =
        onnx.apply("ReduceMax", List.of(asked), OnnxAttribute.ofLongs("axes", List.of(1L)));
    return onnx.cast(any, OnnxType.BOOLEAN);
  }

  /** The index of each category, long {@code [rows, columns]}; null without nominal columns. */
  String categories() {
    List<String> indices = new ArrayList<>();
    for (CategoryEncoder encoder : transform.nominal()) {
      if (encoder.indicators().isEmpty()) {
        indices.add(index(encoder));
      }
    }
    return indices.isEmpty() ? null : concat(indices);
  }

  /** The index of a category, long {@code [rows, 1]}. */
  private String index(CategoryEncoder encoder) {
    String column = encoder.column();
    String cell = cells.get(column);
    return encoder
        .categories()
        .read(
            new Categories.Reader<String>() {
              @Override
              public String texts(Categories.Texts texts) {
                Vocabulary known = texts.vocabulary();
                return isNumber(column) ? number(known, cell) : text(column, known, cell);
              }

              @Override
              public String ranges(Categories.Ranges ranges) {
                return bin(ranges.edges(), cell);
              }

              @Override
              public String numbered(Categories.Numbered numbered) {
                List<Integer> indices = numbered.indices();
                return place(
                    IntStream.range(0, indices.size()).asDoubleStream().toArray(),
                    indices.stream().mapToLong(Integer::longValue).toArray(),
                    cell);
              }
            });
  }

  /** As many edges as are at or below the number. */
  private String bin(List<Double> rising, String cell) {
    double[] edges = rising.stream().mapToDouble(Double::doubleValue).toArray();
    String passed = onnx.apply("GreaterOrEqual", cell, onnx.doubles(edges, 1, edges.length));
    String bin = onnx.apply("Add", sum(onnx.cast(passed, OnnxType.LONG)), longs(Vocabulary.FIRST));
    return onnx.apply("Where", onnx.apply("IsNaN", cell), longs(Vocabulary.NULL), bin);
  }

  private String number(Vocabulary vocabulary, String cell) {
    int size = vocabulary.size();
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = Double.parseDouble(vocabulary.entries().get(i).value());
    }
    return place(
        values, LongStream.range(Vocabulary.FIRST, Vocabulary.FIRST + size).toArray(), cell);
  }

  /** The index of a number among others. */
  private String place(double[] values, long[] indices, String cell) {
    String same = onnx.apply("Equal", cell, onnx.doubles(values, 1, values.length));
    String place =
        sum(
            onnx.apply(
                "Mul", onnx.cast(same, OnnxType.LONG), onnx.longs(indices, 1, indices.length)));
    String known = onnx.apply("Max", place, longs(Vocabulary.UNKNOWN));
    return onnx.apply("Where", onnx.apply("IsNaN", cell), longs(Vocabulary.NULL), known);
  }

  private String text(String column, Vocabulary vocabulary, String cell) {
    List<String> keys = new ArrayList<>(List.of(""));
    List<Long> values = new ArrayList<>(List.of((long) Vocabulary.NULL));
    vocabulary
        .entries()
        .forEach(
            entry -> {
              if (entry.value().isEmpty()) {
                throw new RefusedException(
                    "Cannot export to ONNX: the empty text stands for a missing cell (it is a category of column '%s')"
                        .formatted(column));
              }
              values.add((long) Vocabulary.FIRST + keys.size() - 1);
              keys.add(entry.value());
            });
    return onnx.applyMl(
        "LabelEncoder",
        cell,
        OnnxAttribute.ofTexts("keys_strings", keys),
        OnnxAttribute.ofLongs("values_int64s", values),
        OnnxAttribute.of("default_int64", (long) Vocabulary.UNKNOWN));
  }

  private String sum(String table) {
    return onnx.apply("ReduceSum", List.of(table, longs(1)), OnnxAttribute.of("keepdims", 1));
  }

  private String longs(long number) {
    return onnx.longs(new long[] {number});
  }
}
