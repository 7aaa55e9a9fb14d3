package dev.almanac.training.export;

import dev.almanac.training.graph.Loss;
import dev.almanac.training.objective.Task;
import dev.almanac.training.onnx.OnnxAttribute;
import dev.almanac.training.onnx.OnnxGraph;
import dev.almanac.training.onnx.OnnxType;
import dev.almanac.training.score.PredictionColumns;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What a model puts out as predictions, in double, as {@link dev.almanac.training.score.Scorer}
 * computes them.
 *
 * <p>A number: {@value PredictionColumns#PREDICTION}, in the label's unit. Classes: {@value
 * PredictionColumns#PREDICTED_CLASS}, and {@value PredictionColumns#PROBABILITY} of the second of
 * two or {@value #PROBABILITIES}, one a class. A row that has no prediction, since a cell is
 * missing that nothing fills, gets NaN and the empty text.
 */
final class Predictions {
  static final String PROBABILITIES = "probabilities";

  private final OnnxGraph onnx;
  private final String unfilled;

  /**
   * @param unfilled names what says which rows have no prediction; null when all have one
   */
  Predictions(OnnxGraph onnx, String unfilled) {
    this.onnx = onnx;
    this.unfilled = unfilled;
  }

  /**
   * Writes the predictions.
   *
   * @param loss that the models were trained with
   * @param modelOutputs names those of each model, whose predictions are averaged
   * @param classes of the label; null for a number
   */
  List<ExportedModel.Output> write(
      Task task, Loss loss, List<String> modelOutputs, List<String> classes) {
    String value =
        mean(
            modelOutputs.stream()
                .map(outputs -> predicted(task, loss, onnx.cast(outputs, OnnxType.DOUBLE)))
                .toList());
    return switch (task) {
      case REGRESSION -> List.of(numbers(PredictionColumns.PREDICTION, value, 1));
      case BINARY -> {
        String likelier = onnx.apply("GreaterOrEqual", value, constant(0.5));
        yield List.of(
            predictedClass(onnx.cast(likelier, OnnxType.LONG), classes),
            numbers(PredictionColumns.PROBABILITY, value, 1));
      }
      case MULTICLASS -> {
        String likeliest = onnx.apply("ArgMax", List.of(value), OnnxAttribute.of("axis", 1));
        yield List.of(
            predictedClass(likeliest, classes), numbers(PROBABILITIES, value, classes.size()));
      }
    };
  }

  /** A number in the label's unit, or probabilities. */
  private String predicted(Task task, Loss loss, String outputs) {
    return switch (task) {
      case REGRESSION -> {
        Loss.Number number = (Loss.Number) loss;
        String distance = onnx.apply("Mul", outputs, constant(number.deviation()));
        yield onnx.apply("Add", distance, constant(number.mean()));
      }
      case BINARY -> onnx.apply("Sigmoid", outputs);
      case MULTICLASS -> onnx.apply("Softmax", List.of(outputs), OnnxAttribute.of("axis", 1));
    };
  }

  private String mean(List<String> values) {
    if (values.size() == 1) {
      return values.get(0);
    }
    String sum = values.get(0);
    for (String value : values.subList(1, values.size())) {
      sum = onnx.apply("Add", sum, value);
    }
    return onnx.apply("Div", sum, constant(values.size()));
  }

  private String constant(double number) {
    return onnx.constant(OnnxType.DOUBLE, number);
  }

  private ExportedModel.Output numbers(String name, String value, int width) {
    String known =
        unfilled == null ? value : onnx.apply("Where", unfilled, constant(Double.NaN), value);
    onnx.output(name, known, OnnxType.DOUBLE, width);
    return new ExportedModel.Output(name, "double", width);
  }

  private ExportedModel.Output predictedClass(String index, List<String> classes) {
    String name =
        onnx.applyMl(
            "LabelEncoder",
            index,
            OnnxAttribute.ofLongs(
                "keys_int64s", LongStream.range(0, classes.size()).boxed().toList()),
            OnnxAttribute.ofTexts("values_strings", classes));
    String known = unfilled == null ? name : onnx.apply("Where", unfilled, onnx.text(""), name);
    onnx.output(PredictionColumns.PREDICTED_CLASS, known, OnnxType.STRING, 1);
    return new ExportedModel.Output(PredictionColumns.PREDICTED_CLASS, "string", 1);
  }
}
